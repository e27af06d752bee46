"""Runs `verify` and `check` on copies of real workspaces, and breaks the copies."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOL, TARGET = Path(sys.argv[1]), Path(sys.argv[2])
ENVIRONMENT = dict(
    os.environ,
    GIT_AUTHOR_NAME="A. Sample",
    GIT_AUTHOR_EMAIL="a@device.example",
    GIT_COMMITTER_NAME="A. Sample",
    GIT_COMMITTER_EMAIL="a@device.example",
    GIT_CONFIG_GLOBAL="/dev/null",
    CARGO_TARGET_DIR=str(TARGET / "conformance"),
)


def run(folder, *command):
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def git(folder, *arguments):
    done = run(folder, "git", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Device:
    """A copy of a workspace in a repository of its own, beside the packages that it uses."""

    def __init__(self, parent, source, settings):
        self.folder = parent / source
        shutil.copytree(ROOT / source, self.folder, ignore=shutil.ignore_patterns("target", "evidence"))
        if not (parent / "iec62304-macros").exists():
            shutil.copytree(ROOT / "iec62304-macros", parent / "iec62304-macros")
            manifest = parent / "iec62304-macros/Cargo.toml"
            shutil.copy(ROOT / "Cargo.toml", parent / "Cargo.toml")
            whole = (parent / "Cargo.toml").read_text()
            members = '["iec62304-macros", "iec62304-core", "cargo-iec62304"]'
            assert members in whole
            (parent / "Cargo.toml").write_text(whole.replace(members, '["iec62304-macros"]'))
            assert manifest.exists()
        configuration = self.folder / "iec62304.toml"
        text = configuration.read_text().split("[evidence]")[0]
        configuration.write_text(text + "\n[evidence]\n" + settings)
        git(self.folder, "init", "--quiet", ".")
        self.commit()

    def commit(self):
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "a state")

    def verify(self, *flags, expected=0):
        done = run(self.folder, TOOL, "verify", *flags)
        assert done.returncode == expected, (done.returncode, done.stdout, done.stderr[-3000:])
        return done.stdout

    def findings(self):
        """Every finding as rule and message."""
        done = run(self.folder, TOOL, "check", "--format", "json")
        assert done.returncode in (0, 1), done.stderr
        findings = json.loads(done.stdout)["findings"]
        return [(finding["rule"], finding["message"]) for finding in findings]

    def runs(self):
        return sorted((self.folder / "evidence").glob("*.json"))

    def edit(self, path, old, new, count=1):
        file = self.folder / path
        text = file.read_text()
        assert text.count(old) >= 1, (path, old)
        file.write_text(text.replace(old, new, count))

    def delete_test(self, path, tag):
        file = self.folder / path
        text = file.read_text()
        assert text.count(tag) == 1, (path, tag)
        start = text.rindex("    #[test]", 0, text.index(tag))
        end = text.index("\n    }\n", start) + len("\n    }\n")
        file.write_text(text[:start] + text[end:])

    def restore(self):
        git(self.folder, "checkout", "--quiet", "--", ".")
        git(self.folder, "clean", "--quiet", "--force", "-d")


def shows(device, what, rule, part=""):
    found = device.findings()
    matching = [message for name, message in found if name == rule and part in message]
    assert matching, (what, rule, part, found[:12])
    print(f"  {what}: {rule}: {matching[0]}" + (f" (and {len(matching) - 1} more)" if len(matching) > 1 else ""))


def is_clean(device, what):
    found = [finding for finding in device.findings() if finding[0] != "soup-change-unanalysed"]
    assert not found, (what, found[:12])
    print(f"  {what}: no finding")


def without_a_new_run(device):
    """Edits behind the back of the evidence."""
    rate = "pump-control/src/rate.rs"
    test = "an_hour_of_any_rate_gives_exactly_its_steps_whatever_the_ticks"
    breaks = [
        ("the unit is edited", rate, "pub fn", "#[inline] pub fn", "evidence-stale", "rate"),
        ("a helper is edited", "pump-control/src/line.rs", "pub fn", "#[inline] pub fn", "evidence-stale", "pump_control::rate"),
        ("the test is edited", rate, f"fn {test}() {{", f"fn {test}() {{ let _ = 0;", "evidence-stale", test),
        ("a test is renamed", rate, f"fn {test}(", f"fn another_{test}(", "result-missing", f"another_{test}"),
        ("a requirement is edited", "records/requirements.toml", "The software shall", "The pump shall", "evidence-stale", ""),
        ("the lock file is edited", "Cargo.lock", "version = 4", "# edited\nversion = 4", "evidence-stale", ""),
        ("a feature is turned on", "iec62304.toml", "[evidence]\n", '[evidence]\nfeatures = ["pump-sim/default"]\n', "evidence-stale", ""),
        ("a manifest is edited", "pump-control/Cargo.toml", "[package]", "# edited\n[package]", "evidence-stale", "pump_control"),
    ]
    for what, path, old, new, rule, part in breaks:
        device.edit(path, old, new)
        shows(device, what, rule, part)
        device.restore()
    device.delete_test("alarm-manager/src/battery.rs", '#[verifies("battery-watch.AC-2")]')
    shows(device, "a test is deleted", "unit-criterion-unverified", "battery-watch.AC-2")
    device.restore()
    device.edit(rate, "\n", "\n// A comment.\n")
    is_clean(device, "a comment is edited")
    device.restore()
    name = device.runs()[0]
    name.write_text(name.read_text().replace('"attempts":1', '"attempts":2', 1))
    shows(device, "a result is edited by hand", "evidence-malformed", "was changed")
    name.write_text(name.read_text()[:20_000])
    shows(device, "a run is cut off", "evidence-malformed", "cut off")
    name.unlink()
    shows(device, "the run is deleted", "result-missing")
    device.restore()


def with_a_new_run(device):
    """Edits that a run has to see."""
    path = "event-log/src/ring.rs"
    test = "fn two_power_cuts_in_a_row_lose_no_more_than_one() {"
    name = "two_power_cuts_in_a_row_lose_no_more_than_one"
    breaks = [
        ("a test fails", test, test + " panic!();", "result-failed", 1),
        ("a test is ignored", "    " + test, "    #[ignore]\n    " + test, "result-skipped", 1),
        ("a test is compiled out", "    " + test, "    #[cfg(feature = \"never\")]\n    " + test, "result-skipped", 1),
    ]
    for what, old, new, rule, code in breaks:
        device.edit(path, old, new)
        device.commit()
        device.verify("--replace", "--package", "event-log", expected=code)
        shows(device, what, rule, name)
        git(device.folder, "reset", "--quiet", "--hard", "HEAD~1")
        git(device.folder, "clean", "--quiet", "--force", "-d")
    text = (device.folder / path).read_text()
    start = text.index("{", text.index(test))
    end = text.index("\n    }\n", start)
    (device.folder / path).write_text(text[:start] + "{" + text[end:])
    device.commit()
    device.verify("--replace", "--package", "event-log")
    shows(device, "its assertions are removed", "test-cannot-fail", name)
    git(device.folder, "reset", "--quiet", "--hard", "HEAD~1")
    device.edit(path, test, test + " let _ = 0;")
    device.verify("--replace", "--package", "event-log")
    shows(device, "the tree is dirty", "evidence-from-dirty-tree", "differ from commit")
    device.restore()


def shards(device):
    for file in device.runs():
        file.unlink()
    for shard in ("hash:1/2", "hash:2/2"):
        device.verify("--partition", shard)
    one, two = device.runs()
    is_clean(device, "both shards")
    merged = run(device.folder, TOOL, "evidence", "merge", one, "--output", "whole.json")
    assert merged.returncode == 2 and "hash:2/2 is missing" in merged.stderr, merged.stderr
    merged = run(device.folder, TOOL, "evidence", "merge", one, two, "--output", "whole.json")
    assert merged.returncode == 0, merged.stderr
    two.unlink()
    shows(device, "a shard is missing", "result-missing")
    one.unlink()
    (device.folder / "whole.json").rename(device.folder / "evidence/whole.json")
    is_clean(device, "the shards put together")


def nextest_is_missing(device):
    hidden = dict(ENVIRONMENT, PATH=str(Path(device.folder) / "empty"), CARGO=shutil.which("cargo"))
    hidden["CARGO_HOME"] = str(device.folder / "empty")
    done = subprocess.run(
        [TOOL, "verify"], cwd=device.folder, env=hidden, capture_output=True, text=True, check=False
    )
    assert done.returncode == 4, (done.returncode, done.stderr)
    assert "cargo install --locked cargo-nextest" in done.stderr, done.stderr
    print("  without nextest: exit 4, with the command that installs it")


SLOW = """
#[cfg(test)]
mod tests {
    use iec62304_macros::requirement;

    #[test]
    #[requirement("SRS-1", level = "unit")]
    fn quick() {
        assert_eq!(1 + 1, 2);
    }

    #[test]
    #[requirement("SRS-1", level = "unit")]
    fn slow() {
        std::fs::write("has-begun", "").unwrap();
        std::thread::sleep(std::time::Duration::from_secs(600));
    }
}
"""


def interrupted(parent):
    """Ctrl-C while a test runs: nextest ends it, and what had ended before is stored."""
    folder = parent / "slow"
    (folder / "src").mkdir(parents=True)
    (folder / "src/lib.rs").write_text(SLOW)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "slow"\nversion = "0.1.0"\nedition = "2021"\n'
        '[dependencies]\niec62304-macros = { path = "../iec62304-macros" }\n[workspace]\n'
    )
    (folder / "iec62304.toml").write_text(
        'project.edition = "2006+AMD1:2015"\nsoftware_system.slow.class = "C"\n'
        'requirement.SRS-1.text = "It shall add."\n'
        '[evidence]\nfolder = "evidence"\nignore = ["has-begun"]\n'
    )
    process = subprocess.Popen(
        [TOOL, "verify"], cwd=folder, env=ENVIRONMENT, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    begun = time.monotonic()
    while not (folder / "has-begun").exists() and process.poll() is None:
        assert time.monotonic() - begun < 300, "the slow test never began"
        time.sleep(0.1)
    time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 1 and "interrupted" in stdout, (stdout, stderr)
    run_file = next((folder / "evidence").glob("*.json"))
    stored = json.loads(run_file.read_text())["run"]
    results = [(result["id"]["test"], result["outcome"]) for result in stored["tests"]]
    assert results == [("tests::quick", "passed")] and not stored["is_complete"], stored
    print("  a run that Ctrl-C ends: exit 1, and one result stored")


def main():
    with tempfile.TemporaryDirectory() as parent:
        (Path(parent) / "examples").mkdir()
        pump = Device(Path(parent), "examples/infusion-pump", 'folder = "evidence"\nby = "conformance"\n')
        print("the example device")
        nextest_is_missing(pump)
        print(pump.verify(), end="")
        pump.commit()
        is_clean(pump, "as it is")
        without_a_new_run(pump)
        with_a_new_run(pump)
        shards(pump)
        interrupted(Path(parent))
        print("attributes beside the macros of other packages")
        attributes = Device(Path(parent), "conformance/attributes", 'folder = "evidence"\nby = "conformance"\n')
        print(attributes.verify(), end="")
        is_clean(attributes, "as it is")


main()
