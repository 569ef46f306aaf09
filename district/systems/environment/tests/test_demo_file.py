import json
from pathlib import Path

import pytest

from district.systems.environment.record_kinds import read_fields, record_kinds

RECORDS = json.loads((Path(__file__).parents[1] / "demo_file.json").read_text("utf-8"))["records"]
WORDS = {
    "year": 2026,
    "previous_year": 2025,
    "name": "示例厂",
    "outlet": "DA001",
    "facility": "TA001",
    "process": "过滤",
}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["title"])
def test_every_demo_record_fits_its_kind_and_says_that_it_is_an_example(record: dict):
    given = {key: str(value).format(**WORDS) for key, value in record["fields"].items()}
    _, faults = read_fields(record_kinds()[record["kind"]], given)
    assert not faults
    assert "示例" in record["title"]
