//! Whether the operating systems and CPUs of an advisory are those of a product.

use rustsec::platforms::Platform;

use super::Advisory;
use crate::words::joined;

/// See [`Advisory::reason_not_for`].
pub(super) fn reason_not_for(advisory: &Advisory, triples: &[String]) -> Option<String> {
    let platforms: Vec<&Platform> =
        triples.iter().map(|triple| Platform::find(triple)).collect::<Option<_>>()?;
    if platforms.is_empty() || platforms.iter().any(|platform| may_concern(advisory, platform)) {
        return None;
    }
    let limits: Vec<String> =
        [("", &advisory.affected_os), ("CPUs of type ", &advisory.affected_arch)]
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(what, names)| format!("{what}{}", joined(names, "or")))
            .collect();
    let built: Vec<String> = platforms.iter().map(|platform| described(platform)).collect();
    Some(format!(
        "it is limited to {}, and the product is built for {}",
        limits.join(" on "),
        joined(&built, "and"),
    ))
}

fn may_concern(advisory: &Advisory, platform: &Platform) -> bool {
    let (os, arch) = (platform.target_os.as_str(), platform.target_arch.as_str());
    // Android runs on the kernel of Linux, and advisories do not say which half they mean.
    let also = if os == "android" { "linux" } else { os };
    let os_fits = advisory.affected_os.iter().any(|name| name == os || name == also);
    let arch_fits = advisory.affected_arch.iter().any(|name| name == arch);
    (os_fits || advisory.affected_os.is_empty()) && (arch_fits || advisory.affected_arch.is_empty())
}

fn described(platform: &Platform) -> String {
    let os = match platform.target_os.as_str() {
        "none" => "no operating system",
        os => os,
    };
    format!("{} ({os}, {})", platform.target_triple, platform.target_arch.as_str())
}
