import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.people import masking

RULES = {
    "公民身份号码 (public page)": lambda text: masking.id_number(text, is_public=True),
    "公民身份号码 (staff list)": masking.id_number,
    "姓名": masking.person_name,
    "手机号": masking.mobile,
    "固定电话": masking.phone,
    "地址": masking.address,
    "银行账号": masking.bank_account,
    "车牌": masking.plate,
    "电子邮箱": masking.email,
    "病历号/医保编号": masking.medical_number,
    "出生日期": masking.birth_date,
}


def test_masking_follows_the_table_of_rules():
    reference = os.environ.get("DISTRICT_REFERENCE")
    if not reference:
        pytest.skip("DISTRICT_REFERENCE is not set: the table of masking rules is not at hand")
    with (Path(reference) / "standards" / "tables" / "masking_rules.csv").open(encoding="utf-8") as file:
        rows = {row["item_zh"]: row for row in csv.DictReader(file)}
    wrong: dict[str, tuple[str, str]] = {}
    for item, mask in RULES.items():
        pairs = zip(rows[item]["example_in"].split(" / "), rows[item]["example_out"].split(" / "), strict=True)
        wrong |= {full: (mask(full), shown) for full, shown in pairs if mask(full) != shown}
    assert wrong == {}


@pytest.mark.parametrize(
    ("mask", "full", "shown"),
    [
        (masking.phone, "13800138000", "138****8000"),
        (masking.phone, "0533-6411234", "0533-*****34"),
        (masking.person_name, "张三", "张*"),
        (masking.person_name, "欧阳小明", "欧**明"),
        (masking.email, "zhangsan@example.com", "z*******@example.com"),
        (masking.plate, "鲁C12345", "鲁C1***5"),
        (masking.id_number, "11010519491231002X", "110105********002X"),
        (masking.address, "周村区北郊镇某路1号", "周村区北郊镇****"),
        (masking.phone, "", ""),
    ],
)
def test_personal_data_are_shown_in_part(mask, full: str, shown: str):
    assert mask(full) == shown


@given(st.text(min_size=1, max_size=8), st.integers(0, 6), st.integers(0, 6))
def test_a_text_too_short_to_be_masked_in_the_middle_is_hidden_whole(text: str, first: int, last: int):
    masked = masking.middle_hidden(text, first, last)
    assert len(masked) == len(text)
    assert "*" in masked


def test_a_home_is_shown_to_about_a_kilometre():
    assert masking.home_coordinate(117.86789) == 117.87
