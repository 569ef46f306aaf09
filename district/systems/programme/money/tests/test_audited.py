"""An auditor's export shows who asked, approved and paid, and proves without the platform that none of it was left out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from district.kernel.people.audit_export import write_export

from ..actions import Funding, ask_payment, decide_payment, pay
from . import books


def verified(content: bytes, folder: Path) -> int:
    """What the program inside the export says, alone: 0 when the chain is whole."""
    path = folder / "audit.zip"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        (folder / "verify.py").write_bytes(archive.read("verify.py"))
    run = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", path.name],
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return run.returncode


def without(content: bytes, action: str) -> bytes:
    """The export with the rows of an act taken out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as changed:
        for name in archive.namelist():
            said = archive.read(name)
            if name == "audit.jsonl":
                said = b"".join(
                    row + b"\n" for row in said.splitlines() if json.loads(row)["action"] != action
                )
            changed.writestr(name, said)
    return made.getvalue()


@pytest.mark.django_db
def test_the_audit_trail_names_the_three_of_a_payment_and_cannot_lose_one(tmp_path: Path):
    who = books.people()
    line = books.line(who, 1000)
    books.money_in(who, 1000)
    contract = books.contract(who, books.project(), 600, [Funding(line, 600)])
    asked = ask_payment(contract.commitments.get(), 250, "首付款", who.owner)
    payment = pay(decide_payment(asked, True, who.finance), "V1", who.treasurer)
    held = io.BytesIO()
    write_export(held)
    with zipfile.ZipFile(io.BytesIO(held.getvalue())) as archive:
        rows = [json.loads(row) for row in archive.read("audit.jsonl").splitlines()]
    said = {row["action"]: row["username"] for row in rows if row["subject"] == payment.number}
    assert said == {
        "payment_asked": who.owner.username, "payment_approved": who.finance.username, "payment_paid": who.treasurer.username,
    }  # fmt: skip
    assert verified(held.getvalue(), tmp_path) == 0
    assert verified(without(held.getvalue(), "payment_approved"), tmp_path) != 0
