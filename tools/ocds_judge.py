"""Gets the judge of open contracting data for the tests: libcoveocds, in an environment of its own in `.venv/ocds`.

    python3 tools/ocds_judge.py

The program is AGPL: it is run beside the platform and never loaded into it. It asks for the schema of the standard over the
network; here it is given a zip of it, made from the sources of two packages that carry it: the release schema as it is, the
schemas of the two packages taken out of their expanded form. The lists of codes are those the schema itself closes.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

ROOM = Path(__file__).resolve().parents[1] / ".venv" / "ocds"
STANDARD = ROOM / "standard.zip"
JUDGE = "libcoveocds==0.17.0"
SOURCES = ("ocdsextensionregistry==0.7.0", "ocdskit==1.7.0")
RELEASE = "tests/fixtures/release-schema.json"
VERSIONED = "tests/fixtures/versioned-release-validation-schema.json"
PACKAGES = "tests/fixtures/a/{}-package-schema-dereferenced.json"


def main() -> None:
    if STANDARD.exists():
        return
    subprocess.run([sys.executable, "-m", "venv", str(ROOM)], check=True)
    pip = [str(ROOM / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", JUDGE], check=True)
    with tempfile.TemporaryDirectory() as folder:
        for source in SOURCES:
            name = source.split("==")[0]
            subprocess.run([*pip, "download", "--no-deps", "--no-binary", name, "--dest", folder, source], check=True)
        files = {path.name.split("-")[0]: path for path in Path(folder).glob("*.tar.gz")}
        release = _read(files["ocdsextensionregistry"], RELEASE)
        packages = {name: _read(files["ocdskit"], PACKAGES.format(name)) for name in ("release", "record")}
        versioned = _read(files["ocdsextensionregistry"], VERSIONED)
    _write(release, versioned, packages)


def _read(archive: Path, ending: str) -> dict[str, Any]:
    with tarfile.open(archive) as opened:
        member = next(each for each in opened.getmembers() if each.name.endswith(ending))
        file = opened.extractfile(member)
        assert file is not None
        found: dict[str, Any] = json.load(file)
        return found


def _write(release: dict[str, Any], versioned: dict[str, Any], packages: dict[str, dict[str, Any]]) -> None:
    reference = {"$ref": release["id"]}
    record = packages["record"]["properties"]["records"]["items"]
    record["properties"]["compiledRelease"] = reference
    record["properties"]["releases"]["oneOf"][1]["items"] = reference
    record["properties"].pop("versionedRelease", None)
    packages["record"]["definitions"] = {"record": record}
    packages["record"]["properties"]["records"]["items"] = {"$ref": "#/definitions/record"}
    packages["release"]["properties"]["releases"]["items"] = reference
    with zipfile.ZipFile(STANDARD, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("standard/", "")
        zipped.writestr("standard/schema/release-schema.json", json.dumps(release))
        zipped.writestr("standard/schema/versioned-release-validation-schema.json", json.dumps(versioned))
        for name, schema in packages.items():
            zipped.writestr(f"standard/schema/{name}-package-schema.json", json.dumps(schema))
        for name, codes in sorted(_codelists(release).items()):
            text = io.StringIO()
            csv.writer(text).writerows([["Code", "Title", "Description"], *([code, code, ""] for code in sorted(codes))])
            zipped.writestr(f"standard/schema/codelists/{name}", text.getvalue())


def _codelists(thing: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    if isinstance(thing, dict):
        if "codelist" in thing:
            listed = thing.get("enum") or thing.get("items", {}).get("enum") or []
            found.setdefault(thing["codelist"], set()).update(code for code in listed if code)
        for each in thing.values():
            for name, codes in _codelists(each).items():
                found.setdefault(name, set()).update(codes)
    elif isinstance(thing, list):
        for each in thing:
            for name, codes in _codelists(each).items():
                found.setdefault(name, set()).update(codes)
    return found


if __name__ == "__main__":
    main()
