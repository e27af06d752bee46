"""Compares the packages that `cargo tree` prints with those that `soup` finds linked."""

import json
import re
import sys


def of_tree(path: str) -> set[str]:
    """Names and versions; procedural macros that are members themselves run on the host."""
    lines = [line for line in open(path).read().splitlines() if line]
    lines = [line for line in lines if "(proc-macro)" not in line]
    return {re.sub(r" v", " ", line.split(" (")[0], count=1) for line in lines}


def of_soup(path: str) -> set[str]:
    census = json.load(open(path))["census"]
    linked = [locked["package"] for locked in census if locked["linked"]]
    return {f"{package['name']} {package['version']}" for package in linked}


tree, soup = of_tree(sys.argv[1]), of_soup(sys.argv[2])
print(f"{len(tree):5} packages linked of {sys.argv[3]}")
for name in sorted(tree ^ soup):
    print(f"error: {name} is only in {'cargo tree' if name in tree else 'soup'}", file=sys.stderr)
sys.exit(tree != soup)
