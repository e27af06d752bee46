"""Lets foreign validators judge documents, by the ends of their names.

    validate.py FOLDER            every document of the folder must pass
    validate.py --refused FOLDER  every document of the folder must be refused, so that a
                                  validator that checks nothing turns red
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
from packageurl import PackageURL

MACHINE_PATHS = re.compile(r"/(home|root|tmp|Users)/|file://|[A-Z]:\\\\")
BSI = {
    "bsi:component:executable": {"executable", "non-executable"},
    "bsi:component:archive": {"archive", "no archive"},
    "bsi:component:structured": {"structured", "unstructured"},
}


def cyclonedx(path: Path) -> list[str]:
    """The schema of the version that the document says it has."""
    text = path.read_text()
    if path.suffix == ".xml":
        output, version = OutputFormat.XML, "1.5"
    else:
        output, version = OutputFormat.JSON, json.loads(text)["specVersion"]
    validator = make_schemabased_validator(output, SchemaVersion.from_version(version))
    error = validator.validate_str(text)
    return [f"schema: {str(error.data)[:200]}"] if error else []


def references(path: Path) -> list[str]:
    """Every reference is there once, and in the dependencies."""
    bom = json.loads(path.read_text())
    refs = [component["bom-ref"] for component in bom.get("components", [])]
    refs.append(bom["metadata"]["component"]["bom-ref"])
    told = {dependency["ref"] for dependency in bom["dependencies"]}
    problems = [f"{ref} stands twice" for ref in set(refs) if refs.count(ref) > 1]
    return problems + [f"{ref} is in no dependency" for ref in refs if ref not in told]


def bsi(path: Path) -> list[str]:
    """What BSI TR-03183-2 asks of each component of the version 1.6."""
    problems = []
    for component in json.loads(path.read_text()).get("components", []):
        properties = [(p["name"], p["value"]) for p in component.get("properties", [])]
        for name, values in BSI.items():
            found = [value for key, value in properties if key == name]
            if len(found) != 1 or found[0] not in values:
                problems.append(f"{component['bom-ref']}: {name} is {found}")
    return problems


def no_vulnerabilities(path: Path) -> list[str]:
    """What is known of anomalies belongs into a document of its own."""
    return ["holds vulnerabilities"] if '"vulnerabilities"' in path.read_text() else []


def suppliers(path: Path) -> list[str]:
    """The minimum elements as sbomaudit sees them."""
    output = subprocess.run(
        [tool("sbomaudit"), "--offline", "-i", str(path)], capture_output=True, text=True
    ).stdout
    ends = "[x] NTIA conformant" in output
    missing = [line for line in output.splitlines() if "Supplier included" in line]
    return [] if ends or not missing else missing


def links(path: Path) -> list[str]:
    """Every entry of a VEX points into the bill of materials beside it."""
    vex = json.loads(path.read_text())
    bom = json.loads(path.with_name(path.name.replace(".vex.", ".")).read_text())
    serial = bom["serialNumber"].removeprefix("urn:uuid:")
    known = {component["bom-ref"] for component in bom["components"]}
    known = {f"urn:cdx:{serial}/{bom['version']}#{ref}" for ref in known}
    affected = [a["ref"] for v in vex["vulnerabilities"] for a in v["affects"]]
    problems = [] if affected else ["says nothing of any component"]
    return problems + [f"{ref} is nowhere" for ref in affected if ref not in known]


def openvex(path: Path) -> list[str]:
    """The fields that OpenVEX 0.2.0 asks for."""
    vex = json.loads(path.read_text())
    asked = ("@context", "@id", "author", "timestamp", "version", "statements")
    problems = [f"no {field}" for field in asked if field not in vex]
    for statement in vex.get("statements", []):
        status = statement.get("status")
        reason = statement.get("justification") or statement.get("impact_statement")
        if status == "not_affected" and not reason:
            problems.append("not affected without a reason")
        if status == "affected" and not statement.get("action_statement"):
            problems.append("affected without an action")
        if not statement.get("products") or "name" not in statement.get("vulnerability", {}):
            problems.append("a statement about nothing")
    return problems or ([] if vex["statements"] else ["no statement"])


def spdx_2(path: Path) -> list[str]:
    """spdx-tools, then the minimum elements."""
    run = subprocess.run([tool("pyspdxtools"), "-i", str(path)], capture_output=True, text=True)
    problems = [] if run.returncode == 0 else [(run.stdout + run.stderr).strip()[-400:]]
    return problems + ntia(path, "spdx2")


def spdx_3(path: Path) -> list[str]:
    return ntia(path, "spdx3")


def ntia(path: Path, kind: str) -> list[str]:
    run = subprocess.run(
        [tool("sbomcheck"), "-s", kind, str(path)], capture_output=True, text=True
    )
    return [] if "Conformant: True" in run.stdout else [f"NTIA: {run.stdout.strip()[-400:]}"]


def everywhere(path: Path) -> list[str]:
    """Package URLs that mean what they say, and no path of a machine."""
    text = path.read_text()
    problems = [f"a path of a machine: {found.group()}" for found in MACHINE_PATHS.finditer(text)]
    for purl in set(re.findall(r"pkg:cargo/[^\"<]+", text)):
        if PackageURL.from_string(purl).to_string() != purl:
            problems.append(f"{purl} means {PackageURL.from_string(purl).to_string()}")
    return problems


CHECKS = [
    (".vex.cdx.json", [cyclonedx, links]),
    (".1.5.cdx.json", [cyclonedx, references, no_vulnerabilities]),
    (".1.7.cdx.json", [cyclonedx, references, no_vulnerabilities]),
    (".cdx.json", [cyclonedx, references, no_vulnerabilities, bsi, suppliers]),
    (".cdx.xml", [cyclonedx]),
    (".spdx.json", [spdx_2]),
    (".spdx3.json", [spdx_3]),
    (".openvex.json", [openvex]),
]


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def problems_of(path: Path) -> list[str]:
    checks = next((checks for end, checks in CHECKS if path.name.endswith(end)), None)
    if checks is None:
        return ["no validator knows this kind of document"]
    return [problem for check in [*checks, everywhere] for problem in check(path)]


def main() -> int:
    refused = sys.argv[1] == "--refused"
    paths = sorted(path for path in Path(sys.argv[-1]).iterdir() if path.is_file())
    wrong = 0 if paths else 1
    for path in paths:
        problems = problems_of(path)
        is_wrong = refused != bool(problems)
        wrong += is_wrong
        print(f"{'WRONG' if is_wrong else 'ok':>5}  {path.name}")
        for problem in problems:
            print(f"       {problem}" if is_wrong or refused else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
