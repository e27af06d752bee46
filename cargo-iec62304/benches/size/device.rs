//! An invented workspace of any size: crates as items, a unit for ten requirements, ten
//! tags for each requirement, risk controls, hazards and reviews; as much code for each tag
//! as in `examples/infusion-pump`, about 600 bytes. It knows nothing of what is measured.

use std::fs;
use std::path::Path;

const CRATES: usize = 10;
const OF_A_UNIT: usize = 10;

/// A workspace with so many requirements; of each ten one is that of a risk control.
pub(crate) struct Device {
    pub(crate) requirements: usize,
}

impl Device {
    /// How many tags its code has.
    pub(crate) fn tags(&self) -> usize {
        self.requirements * 10
    }

    /// The arguments of the reviews that hold a hash of each thing.
    pub(crate) fn reviews(&self) -> Vec<Vec<String>> {
        let requirements = format!("SRS-1..SRS-{}", self.units() * OF_A_UNIT);
        let units = format!("U-1..U-{}", self.units());
        let of = [("requirements", &requirements), ("design", &units), ("unit", &units)];
        let of = of.into_iter().chain([("trace", &requirements)]);
        of.map(|(kind, of)| ["--kind", kind, "--of", of].map(str::to_owned).to_vec()).collect()
    }

    /// Writes it into an empty folder.
    pub(crate) fn write(&self, root: &Path) {
        put(root, "Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"part-*\"]\n");
        put(root, "iec62304.toml", &configuration());
        for part in 0..CRATES {
            let units = (0..self.units()).filter(|unit| unit % CRATES == part);
            write_part(root, part, &units.map(|unit| unit + 1).collect::<Vec<_>>());
        }
    }

    fn units(&self) -> usize {
        self.requirements / OF_A_UNIT
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    let folder = path.parent().expect("the file is below the root");
    fs::create_dir_all(folder).expect("a temporary folder takes folders");
    fs::write(path, text).expect("a temporary folder takes files");
}

fn configuration() -> String {
    let packages: Vec<String> = (0..CRATES).map(|part| format!("\"part-{part}\"")).collect();
    let items: Vec<String> = (0..CRATES)
        .map(|part| {
            format!("[item.part-{part}]\nparent = \"device\"\ncrates = [\"part-{part}\"]\n")
        })
        .collect();
    format!(
        "records = [\"records/*.toml\"]\n\
         [project]\nedition = \"2006+AMD1:2015\"\nrisk_file = \"RMF\"\nquality_system = \"QM\"\n\
         [product]\npackages = [{}]\ntargets = [\"x86_64-unknown-linux-gnu\"]\n\
         [tests.levels]\nunit = [\"part-*/src/**\"]\n\
         [software_system.device]\nclass = \"C\"\nrationale = \"Harm can be serious.\"\n\
         risk_ref = \"RMF, 4\"\n\
         [system_requirement.SYS-1]\ntext = \"The device does all this.\"\n{}",
        packages.join(", "),
        items.concat(),
    )
}

fn write_part(root: &Path, part: usize, units: &[usize]) {
    let name = format!("part-{part}");
    let manifest =
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n");
    put(root, &format!("{name}/Cargo.toml"), &manifest);
    let modules: Vec<String> = units.iter().map(|unit| format!("pub mod unit_{unit};\n")).collect();
    put(root, &format!("{name}/src/lib.rs"), &format!("//! A part.\n\n{}", modules.concat()));
    for unit in units {
        put(root, &format!("{name}/src/unit_{unit}.rs"), &source(*unit));
    }
    let of_each = |record: fn(usize, usize) -> String| -> String {
        units.iter().map(|unit| record(part, *unit)).collect()
    };
    put(root, &format!("records/requirements-{part}.toml"), &of_each(requirements));
    put(root, &format!("records/units-{part}.toml"), &of_each(unit));
    put(root, &format!("records/risk-{part}.toml"), &of_each(risk));
}

fn requirements_of(unit: usize) -> impl Iterator<Item = usize> {
    (unit - 1) * OF_A_UNIT + 1..=unit * OF_A_UNIT
}

fn requirements(part: usize, unit: usize) -> String {
    let record = |number: usize| {
        let is_of_control = number.is_multiple_of(OF_A_UNIT);
        let source = if is_of_control { format!("RC-{unit}") } else { "SYS-1".to_owned() };
        format!(
            "[requirement.SRS-{number}]\n\
             text = \"The software shall answer message {number} within 200 ms.\"\n\
             category = \"a\"\nsource = [\"{source}\"]\nitems = [\"part-{part}\"]\n\
             verify = \"unit test\"\nverify_reason = \"One function does all of it.\"\n\n"
        )
    };
    requirements_of(unit).map(record).collect()
}

fn unit(part: usize, unit: usize) -> String {
    let topics = [
        "event_sequence",
        "data_control_flow",
        "resource_allocation",
        "fault_handling",
        "initialisation",
        "self_diagnostics",
        "memory",
        "boundary",
    ];
    let topics = topics.map(|topic| format!("{topic} = \"AC-1\"\n")).concat();
    format!(
        "[unit.U-{unit}]\nitem = \"part-{part}\"\nmodules = [\"part_{part}::unit_{unit}\"]\n\
         methods = [\"test\", \"review\"]\n\
         [unit.U-{unit}.acceptance]\nAC-1 = \"Each message has its answer.\"\n\
         [unit.U-{unit}.topics]\n{topics}\n"
    )
}

fn risk(part: usize, unit: usize) -> String {
    format!(
        "[hazardous_situation.HAZ-{unit}]\nhazard = \"dose\"\n\
         situation = \"An answer is late.\"\nsequence = [\"it is late\"]\nharm = \"overdose\"\n\
         severity = \"serious\"\n\
         [[hazardous_situation.HAZ-{unit}.cause]]\nid = \"HAZ-{unit}.a\"\n\
         item = \"part-{part}\"\nkind = \"defect\"\ntext = \"A message is lost.\"\n\
         [risk_control.RC-{unit}]\nagainst = [\"HAZ-{unit}.a\"]\nkind = \"software\"\n\
         text = \"A message that is late is answered by a stop.\"\nside_effects = \"none\"\n\n"
    )
}

/// The code of a unit: for each requirement four functions and five tests with its tag, and
/// one test of a criterion or of the risk control.
fn source(unit: usize) -> String {
    let mut text = format!("//! The messages of unit {unit}.\n\n");
    for number in requirements_of(unit) {
        for step in 0..4 {
            text += &function(number, step);
        }
    }
    text += "#[cfg(test)]\nmod tests {\n    use super::*;\n\n";
    for number in requirements_of(unit) {
        for step in 0..6 {
            let tag = match (step, number % OF_A_UNIT) {
                (0, 0) => format!("risk_control(\"RC-{unit}\")"),
                (0, _) => format!("verifies(\"U-{unit}.AC-1\")"),
                _ => format!("requirement(\"SRS-{number}\")"),
            };
            text += &test(number, step, &tag);
        }
    }
    text + "}\n"
}

fn function(number: usize, step: usize) -> String {
    format!(
        "/// Takes step {step} of the answer to message {number}.\n\
         #[requirement(\"SRS-{number}\")]\n\
         pub fn answer_{number}_{step}(input: &[u8], limit: u32) -> u32 {{\n\
         \x20   let mut sum = {step};\n{}\
         \x20   sum\n}}\n\n",
        turns("input", number, 4),
    )
}

fn test(number: usize, step: usize, tag: &str) -> String {
    format!(
        "    #[test]\n    #[{tag}]\n    fn message_{number}_is_answered_in_case_{step}() {{\n\
         \x20       let limit = {number};\n        let mut sum = {step};\n{}\
         \x20       assert_eq!(sum, answer_{number}_0(b\"{number}\", {step}));\n    }}\n\n",
        turns("b\"answer\"", number, 2),
    )
}

/// Lines of code, as a body has them besides what is tagged.
fn turns(bytes: &str, number: usize, count: usize) -> String {
    let turn = |turn: usize| {
        format!(
            "    // A byte that is read twice counts twice.\n\
             \x20   for byte in {bytes} {{\n\
             \x20       let weight = u32::from(*byte) * {turn};\n\
             \x20       sum = (sum + weight) % (limit + {number});\n\
             \x20   }}\n"
        )
    };
    (1..=count).map(turn).collect()
}
