"""libcoveocds, the standard's own reviewer, finds nothing wrong. A process beside ours; `tools/ocds_judge.py` gets it."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from district.kernel import home
from district.kernel.clock import now

from .. import ocds

ROOM = home.CHECKOUT / ".venv" / "ocds"
JUDGE, STANDARD = ROOM / "bin" / "libcoveocds", ROOM / "standard.zip"
pytestmark = pytest.mark.skipif(
    not (JUDGE.exists() and STANDARD.exists()),
    reason="libcoveocds is not here: python3 tools/ocds_judge.py gets it",
)
BUYER = ocds.Party("CN-370306-transport", "演示单位")
TREASURY = ocds.Party("CN-370306-finance", "演示财政", "11370306MB0000000A")
FIRM, OTHER = (
    ocds.Party("f1", "演示公司甲", "91370306MA3C000001"),
    ocds.Party("f2", "演示公司乙", "91370306MA3C000002"),
)
START = now() - timedelta(days=100)


def day(number: int) -> Any:
    return START + timedelta(days=number)


def process() -> ocds.Process:
    """One that went all the way, with money that came back."""
    tender = ocds.Tender(
        "CG-1", "演示采购", "open", "", 700_00, day(10), day(30), day(31), (FIRM, OTHER), "complete"
    )
    paid = (
        ocds.Transaction("ZF-1", day(50), 200_00, TREASURY, FIRM),
        ocds.Transaction("ZF-1-R", day(52), 200_50, FIRM, TREASURY),
    )
    steps = (ocds.Step("HT-1-1", "首付款", True, day(45)), ocds.Step("HT-1-2", "验收款", False))
    contract = ocds.ContractFacts(
        "HT-1",
        "CG-1-award",
        "演示合同",
        "approved",
        day(41),
        day(40),
        day(40),
        day(90),
        600_00,
        None,
        paid,
        steps,
    )
    return ocds.Process(
        "ocds-000000-XM-1", "XM-1", "演示项目", "演示", 800_00, 700_00, day(0), BUYER, TREASURY, "services", tender,
        (ocds.Award("CG-1-award", "演示采购", day(33), 600_00, FIRM),), (contract,), True,
    )  # fmt: skip


def judged(package: dict[str, Any], folder: Path) -> dict[str, Any]:
    path = folder / "package.json"
    path.write_text(json.dumps(package), "utf-8")
    run = subprocess.run(
        [JUDGE, "--standard-zip", STANDARD, path], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found


PUBLISHER = ocds.Publisher(
    "演示",
    "https://example.org/",
    "https://example.org/policy",
    "https://creativecommons.org/licenses/by/4.0/",
)


@pytest.mark.parametrize("pack", [ocds.record_package, ocds.release_package])
def test_nothing_is_wrong_with_what_is_published(pack: Any, tmp_path: Path):
    package = pack([process()], PUBLISHER, "https://example.org/x.json", now())
    found = judged(package, tmp_path)
    assert found["validation_errors"] == []
    assert found["additional_fields"] == []
    assert found["version_used"] == "1.1"
    assert not [each for each in found.get("additional_closed_codelist_values", {})]


def test_the_judge_does_find_what_is_wrong(tmp_path: Path):
    package = ocds.release_package([process()], PUBLISHER, "https://example.org/x.json", now())
    package["releases"][-1]["contracts"][0]["value"]["amount"] = "much"
    del package["releases"][0]["ocid"]
    assert len(judged(package, tmp_path)["validation_errors"]) >= 2
