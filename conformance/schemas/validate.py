"""Lets a foreign validator judge the schemas, and by them configuration and records.

    validate.py TOOL

Every file of the examples must be accepted. Every file in `refused`, each broken in one
way, must be refused, so that a schema that checks nothing turns red.
"""

import datetime
import json
import subprocess
import sys
import tomllib
from pathlib import Path

from jsonschema import Draft7Validator

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PLACES = ["examples/*", "examples/*/records", "conformance/attributes", "records", "."]
OTHERS = {"Cargo.toml", "rust-toolchain.toml", "clippy.toml", "rustfmt.toml"}


def plain(value):
    """TOML as an editor gives it to a schema: dates as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


def errors(validators, path: Path) -> list[str]:
    which = "configuration" if path.name == "iec62304.toml" else "records"
    value = plain(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    found = validators[which].iter_errors(value)
    return [f"{path}: {error.json_path}: {error.message[:150]}" for error in found]


def main() -> int:
    validators = {}
    for which in ["configuration", "records"]:
        schema = json.loads(subprocess.check_output([sys.argv[1], "schema", which]))
        Draft7Validator.check_schema(schema)
        validators[which] = Draft7Validator(schema)
    files = [file for place in PLACES for file in sorted(ROOT.glob(f"{place}/*.toml"))]
    files = [file for file in files if file.name not in OTHERS]
    refused = sorted((HERE / "refused").glob("*.toml"))
    problems = [error for file in files for error in errors(validators, file)]
    problems += [f"{file}: accepted" for file in refused if not errors(validators, file)]
    print("\n".join(problems) or f"{len(files)} files accepted, {len(refused)} refused")
    return 1 if problems or len(files) < 10 or len(refused) < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
