//! What is known of a run beside its results.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use iec62304_core::config::EvidenceSettings;
use iec62304_core::evidence::{Configuration, Run, State};
use jiff::{Timestamp, Unit};

use crate::cli::VerifyArguments;
use crate::error::Error;
use crate::load::{self, Checkout};

/// What is known before the tests run.
pub(super) struct Facts {
    started: String,
    by: Option<String>,
    checkout: Option<Checkout>,
    partition: Option<String>,
    tools: BTreeMap<String, String>,
    host: String,
    configuration: Configuration,
}

impl Facts {
    /// Asks git and rustc.
    pub(super) fn gather(
        root: &Path,
        arguments: &VerifyArguments,
        settings: &EvidenceSettings,
        nextest: String,
    ) -> Result<Self, Error> {
        let rustc = Rustc::ask(root)?;
        let declared = settings.by.as_ref().map(|by| by.value.clone());
        let tools = [
            ("cargo-iec62304", env!("CARGO_PKG_VERSION").to_owned()),
            ("cargo-nextest", nextest),
            ("rustc", rustc.version),
        ];
        Ok(Self {
            started: now(),
            by: arguments.by.clone().or(declared),
            checkout: load::checkout(root, &settings.folder.value),
            partition: arguments.partition.clone(),
            tools: tools.map(|(name, version)| (name.to_owned(), version)).into(),
            host: rustc.host,
            configuration: settings.configuration.clone(),
        })
    }

    /// A run that ends now, without results yet.
    pub(super) fn run(self, state: State) -> Run {
        Run {
            started: self.started,
            finished: now(),
            by: self.by,
            is_dirty: self.checkout.as_ref().map(|checkout| checkout.is_dirty),
            commit: self.checkout.map(|checkout| checkout.commit),
            partition: self.partition,
            is_complete: false,
            tools: self.tools,
            host: self.host,
            configuration: self.configuration,
            state,
            tests: Vec::new(),
            not_run: Vec::new(),
        }
    }
}

/// Now in UTC, to the second.
fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}

/// What rustc says of itself.
struct Rustc {
    version: String,
    host: String,
}

impl Rustc {
    fn ask(root: &Path) -> Result<Self, Error> {
        let output = Command::new("rustc").current_dir(root).arg("-vV").output();
        let said = output.ok().filter(|output| output.status.success()).map(|output| output.stdout);
        let said = said.ok_or_else(|| Error::Cargo("`rustc -vV` does not answer".to_owned()))?;
        let said = String::from_utf8_lossy(&said);
        let field = |name: &str| {
            let mut lines = said.lines();
            lines.find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned()
        };
        Ok(Self { version: field("rustc "), host: field("host: ") })
    }
}
