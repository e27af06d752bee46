//! `cargo iec62304 explain`: what a rule, a clause or a word stands for.

use iec62304_core::explain::Topic;
use iec62304_core::render;

use crate::cli::ExplainArguments;
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::output;

/// Explains a name, or lists the rules.
pub(crate) fn explain(arguments: &ExplainArguments) -> Result<ExitCode, Error> {
    let options = output::look(false, arguments.verbose, arguments.color);
    let text = match &arguments.name {
        None => render::rules(&options),
        Some(name) => {
            let topic = Topic::find(name).map_err(|near| Error::NoTopic(name.clone(), near))?;
            render::explain(&topic, &options)
        }
    };
    output::answer(text.as_bytes())?;
    Ok(ExitCode::Success)
}
