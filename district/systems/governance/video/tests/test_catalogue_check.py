"""The register against what devices say of themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from district.systems.governance.video.catalogue_check import Listed, differences

NVR, OTHER = "37030600001180000001", "37030600001180000002"
codes = st.sampled_from([f"3703060000131000000{n}" for n in range(8)])
lists = st.dictionaries(codes, st.sampled_from(["南门", "北门"]), max_size=8)


def kinds(heard: list[Listed], register: list[Listed], trouble: str = "") -> list[tuple[str, str]]:
    found = differences(NVR, heard, {each.code: each for each in register}, len(heard), len(heard), trouble)
    return [(each.kind, each.channel_code) for each in found]


def test_the_same_list_has_no_difference():
    assert kinds([Listed("1", "南门", 117.1, 36.1)], [Listed("1", "南门", 117.1, 36.1, NVR)]) == []


def test_each_difference_has_its_name():
    heard = [
        Listed("1", "南门"),
        Listed("2", "北门改"),
        Listed("3", "东门", 117.1, 36.1),
        Listed("4", "西门"),
    ]
    register = [
        Listed("2", "北门", device_code=NVR), Listed("3", "东门", 117.2, 36.1, NVR), Listed("4", "西门", device_code=OTHER),
        Listed("5", "后门", device_code=NVR), Listed("6", "别处", device_code=OTHER),
    ]  # fmt: skip
    assert kinds(heard, register) == [
        ("unregistered", "1"), ("renamed", "2"), ("moved", "3"), ("elsewhere", "4"), ("missing", "5"),
    ]  # fmt: skip


def test_a_camera_need_not_list_itself():
    assert kinds([], [Listed(NVR, "枪机", device_code=NVR)]) == []


def test_a_list_that_did_not_come_whole_proves_nothing_missing():
    assert kinds([], [Listed("5", "后门", device_code=NVR)], "partial") == [("incomplete", "")]


@given(lists, lists)
def test_differences_are_none_only_when_the_two_agree(heard: dict[str, str], register: dict[str, str]):
    found = kinds(
        [Listed(code, name) for code, name in heard.items()],
        [Listed(code, name, device_code=NVR) for code, name in register.items()],
    )
    assert (not found) == (heard == register)
    assert {code for _, code in found} == {
        code for code in {*heard, *register} if heard.get(code) != register.get(code)
    }
