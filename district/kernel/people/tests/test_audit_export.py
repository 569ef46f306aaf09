"""An export of the audit trail proves without the platform that no row was changed or removed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.people import audit_verifier
from district.kernel.people.audit import record_act
from district.kernel.people.audit_export import write_export
from district.testing.people import account


def export(path: Path) -> Path:
    with path.open("wb") as file:
        write_export(file)
    return path


def verified(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The program out of the export itself, alone: no site packages, no working directory of ours."""
    with zipfile.ZipFile(path) as archive:
        program = path.with_suffix(".py")
        program.write_bytes(archive.read("verify.py"))
    command = [sys.executable, "-I", "-S", program.name, path.name, *more]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, timeout=60)


def rewritten(path: Path, target: Path, change) -> Path:
    """The export with its rows as `change` would have them."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as made:
        for name in archive.namelist():
            content = archive.read(name)
            if name == audit_verifier.ROWS:
                rows = change([json.loads(line) for line in content.decode().splitlines()])
                content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
            made.writestr(name, content)
    return target


@pytest.fixture
def trail(db):
    for number in range(12):
        record_act(None, "look", subject_kind="person", subject=f"第 {number} 人", purpose="核对", fields=["name"])


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_its_own_digest_is_that_of_the_library(message):
    other = Hash(SM3())
    other.update(message)
    assert audit_verifier.sm3(message) == other.finalize()


def test_a_whole_export_is_found_whole_and_may_follow_an_earlier_one(trail, tmp_path):
    earlier = export(tmp_path / "old.zip")
    record_act(None, "look", subject="再一次")
    done = verified(export(tmp_path / "new.zip"), "--earlier", earlier.name)
    assert (done.returncode, "13" in done.stdout) == (0, True), done.stderr


CHANGES = {
    "altered": lambda rows: [row | {"subject": "另一人"} if row["seq"] == 5 else row for row in rows],
    "removed": lambda rows: [row for row in rows if row["seq"] != 5],
    "swapped": lambda rows: [*rows[:4], rows[5], rows[4], *rows[6:]],
    "put in": lambda rows: [*rows[:4], rows[3], *rows[4:]],
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_row_that_was_tampered_with_is_told(trail, tmp_path, how):
    broken = rewritten(export(tmp_path / "whole.zip"), tmp_path / "broken.zip", CHANGES[how])
    done = verified(broken)
    assert done.returncode == 1
    assert done.stderr.strip()


def test_a_chain_made_anew_or_cut_is_told_by_an_earlier_export_and_by_anchors(trail, tmp_path):
    whole = export(tmp_path / "whole.zip")
    cut = rewritten(whole, tmp_path / "cut.zip", lambda rows: rows[:-2])
    assert verified(cut).returncode == 0  # alone it cannot be seen
    assert verified(cut, "--earlier", "whole.zip").returncode == 1
    anew = rewritten(whole, tmp_path / "anew.zip", _made_anew)
    assert verified(anew).returncode == 0
    last = json.loads(zipfile.ZipFile(whole).read(audit_verifier.ROWS).decode().splitlines()[-1])
    (tmp_path / "anchors").write_text(f"{last['seq']} {last['digest']} 2026-01-01T00:00:00\n")
    assert verified(anew, "--anchors", "anchors").returncode == 1
    assert verified(whole, "--anchors", "anchors").returncode == 0


def _made_anew(rows: list[dict]) -> list[dict]:
    previous, made = audit_verifier.START, []
    for row in rows:
        row = row | {"previous": previous, "subject": row["subject"].replace("第 5 人", "无人")}
        row["digest"] = audit_verifier.sm3(bytes.fromhex(previous) + audit_verifier.canonical(row)).hex()
        previous = row["digest"]
        made.append(row)
    return made


def test_what_is_no_export_is_refused_with_words(tmp_path):
    (tmp_path / "text.zip").write_text("没有")
    assert audit_verifier.main([str(tmp_path / "text.zip")]) == 2


def test_the_auditor_takes_it_from_the_page_and_nobody_else_does(trail, client):
    client.force_login(account("people.auditor"))
    answer = client.post(reverse("people:export_audit"))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert {"audit.jsonl", "verify.py", "anchors", "manifest.json", "README.txt"} == set(packed.namelist())
    client.force_login(account("people.admin"))
    assert client.post(reverse("people:export_audit")).status_code == 403
