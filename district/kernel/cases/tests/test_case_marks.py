"""The index behind the filters of lists finds the same cases as a plain search."""

from __future__ import annotations

import pytest

from district.kernel.cases.actions import open_case
from district.kernel.cases.models import Case
from district.kernel.cases.pages.case_marks import narrowed_by_marks
from district.kernel.ui.table_sources import source_of
from district.kernel.ui.table_state import Condition
from district.testing.people import organisation

WORDS = (
    "井盖",
    "井盖破",
    "盖井",
    "路灯",
    "LED",
    "led屏",
    "E0",
    "不亮",
    "正阳路",
    "亮 L",
    "亮",
    "%",
    "'",
    "无此词",
)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["title", "address", "stage", "classification"])
def test_a_word_is_found_in_its_own_field_and_nowhere_else(version, key):
    _cases(version)
    for word in WORDS:
        condition = Condition(key, "contains", word)
        found, left = narrowed_by_marks(Case.objects.all(), [condition])
        wanted = set(Case.objects.filter(**{f"{key}__icontains": word}).values_list("pk", flat=True))
        assert set(source_of(found).narrowed(left).queryset.values_list("pk", flat=True)) == wanted


@pytest.mark.django_db
def test_whole_values_and_units_are_found_by_the_index(version):
    unit = organisation("lights", name="路灯管理所")
    case = open_case(system="trial", procedure="plain", idempotency_key="u", title="灯", channel="hotline",
                     kind="投诉", organisation=unit)  # fmt: skip
    _cases(version)
    for key, value in (
        ("light", "green"),
        ("light", "red"),
        ("channel", "grid"),
        ("state", "open"),
        ("procedure", "plain"),
    ):
        found, left = narrowed_by_marks(Case.objects.all(), [Condition(key, "is", value)])
        assert not left
        assert set(found) == set(Case.objects.filter(**{key: value}))
    found, left = narrowed_by_marks(Case.objects.all(), [Condition("organisation.name", "contains", "路灯")])
    assert (list(found), left) == ([case], [])


def _cases(version):
    for n, (title, address, classification) in enumerate(
        (
            ("路灯不亮 LED屏", "正阳路1号", "E0101"),
            ("井盖破损", "米山路", "0117"),
            ("盖井施工", "井盖厂门口", ""),
            ("灯", "", "E01"),
        )
    ):
        channel = ("grid", "hotline")[n % 2]
        open_case(system=version.system, procedure="plain", idempotency_key=f"m{n}", title=title, channel=channel,
                  kind="投诉", classification=classification, place={"address": address})  # fmt: skip
