"""What is installed as a CycloneDX 1.5 bill of materials (ECMA-424): names, versions, package addresses. Pure but for names."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import Distribution
from typing import Any


def software_of(installed: Iterable[Distribution]) -> dict[str, Any]:
    found = sorted({(each.metadata["Name"], each.version) for each in installed if each.metadata["Name"]})
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "district"}},
        "components": [
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name.lower().replace('_', '-')}@{version}",
            }
            for name, version in found
        ],
    }
