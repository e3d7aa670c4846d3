"""Prints what a bill of materials and an audit say: the packages by licence, and which have known vulnerabilities."""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])


def licences(component: dict[str, Any]) -> str:
    """Return the licences of a package as it states them, in few words."""
    stated = component.get("licenses", [])
    names = {one.get("expression") or one["license"].get("id") or one["license"]["name"] for one in stated}
    return " or ".join(sorted(name.rpartition(":: ")[2] for name in names)) or "none stated"


packages = json.loads((FOLDER / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
by_licence = defaultdict(list)
for package in packages:
    by_licence[licences(package)].append(package["name"])
print(f"bill of materials: {len(packages)} packages, {FOLDER / 'sbom.cdx.json'}")
for licence, names in sorted(by_licence.items()):
    print(f"  {licence}: {', '.join(sorted(names, key=str.lower))}")

try:
    audited = json.loads((FOLDER / "vulnerabilities.json").read_text(encoding="utf-8"))["dependencies"]
except ValueError:
    audited = []
asked = [one for one in audited if "skip_reason" not in one]
found = [(one["name"], one["version"], fault["id"]) for one in asked for fault in one["vulns"]]
if len(asked) <= 1:
    print("known vulnerabilities: not known, the database can't be reached from here")
else:
    print(f"known vulnerabilities: {len(found) or 'none'} in {len(asked)} of {len(packages)} packages that the database has")
for name, version, fault in found:
    print(f"  {name} {version}: {fault}")
