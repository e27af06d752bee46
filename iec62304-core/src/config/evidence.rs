//! Where results of tests are stored, and the configuration in which they count.

use super::Resolver;
use crate::evidence::Configuration;
use crate::location::Located;
use crate::model::record::Fields;

/// What `[evidence]` says.
#[derive(Clone, Debug)]
pub struct EvidenceSettings {
    /// The folder of stored runs, relative to the workspace root.
    pub folder: Located<String>,
    /// Who runs the tests, where the command line names nobody.
    pub by: Option<Located<String>>,
    /// How the tests are built and run.
    pub configuration: Configuration,
    /// Path patterns of files that change no test's result.
    pub ignore: Vec<Located<String>>,
}

/// The settings, unless no folder is named or its path makes no sense.
pub(super) fn settings(fields: &Fields, resolver: &mut Resolver) -> Option<EvidenceSettings> {
    let is = |name, value: bool| fields.bool(name).is_some_and(|set| set.value == value);
    let text = |name| fields.text(name).map(|text| text.value.clone());
    let mut features: Vec<String> = resolver
        .distinct(fields.list("features"))
        .into_iter()
        .map(|feature| feature.value)
        .collect();
    features.sort();
    let configuration = Configuration {
        features,
        no_default_features: is("default_features", false),
        all_features: is("all_features", true),
        target: text("target"),
        profile: text("profile"),
        nextest_profile: text("nextest_profile"),
    };
    Some(EvidenceSettings {
        folder: resolver.path(fields, "folder")?,
        by: fields.text("by").cloned(),
        configuration,
        ignore: resolver.paths(fields.list("ignore")),
    })
}
