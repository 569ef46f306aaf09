"""Filled forms come in once, whole, in any order, and never do anything by themselves."""

from __future__ import annotations

import itertools
from io import BytesIO

import pytest

from district.kernel.files.models import FileLink
from district.kernel.forms.intake import add_file, take_submission, upload_of
from district.kernel.forms.models import Submission, SubmissionVersion
from district.kernel.forms.queries import FILLERS
from district.kernel.forms.refused import Refused
from district.kernel.forms.tests.filling import JPEG, filled_xml, make_form, new_id
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    return make_form()


@pytest.fixture
def clerk():
    village = organisation("village_370306102201", kind="village", division_code="370306102201")
    return account(unit=village)


def refusal(form, xml: bytes, **more) -> str:
    with pytest.raises(Refused) as caught:
        take_submission(form, xml, {}, account=more.pop("account", None), **more)
    return caught.value.code


def test_answers_are_kept_by_path_with_repeats_as_rows(form, clerk):
    made = take_submission(form, filled_xml(members=("甲", "乙")), {}, account=clerk)
    assert made.values["income/wage"] == "1200"
    assert made.values["members"] == [{"member_name": "甲", "age": "5"}, {"member_name": "乙", "age": "5"}]
    assert made.seconds == 300
    assert made.division_code == "370306102201"


def test_the_same_content_twice_is_one_submission(form, clerk):
    xml = filled_xml(new_id())
    first, second = (take_submission(form, xml, {}, account=clerk) for _ in range(2))
    assert first.pk == second.pk
    assert SubmissionVersion.objects.count() == 1


def test_another_content_under_the_same_name_is_refused(form, clerk):
    name = new_id()
    take_submission(form, filled_xml(name), {}, account=clerk)
    assert refusal(form, filled_xml(name, wage="1300"), account=clerk) == "conflict"


def test_files_may_come_in_several_posts(form, clerk):
    xml = filled_xml(new_id(), photo="p.jpg")
    made = take_submission(form, xml, {}, account=clerk)
    assert made.versions.get().files.get().file is None
    take_submission(form, xml, {"p.jpg": upload_of("p.jpg", JPEG)}, account=clerk)
    file = made.versions.get().files.get().file
    assert file is not None
    assert FileLink.objects.filter(file=file, subject=str(made.pk)).exists()


def test_a_file_nobody_named_is_not_added(form, clerk):
    made = take_submission(form, filled_xml(), {"x.jpg": upload_of("x.jpg", JPEG)}, account=clerk)
    with pytest.raises(Refused, match=r"x\.jpg"):
        add_file(made.versions.get(), "x.jpg", BytesIO(JPEG), clerk)


def test_a_file_that_is_not_what_it_says_refuses_the_whole(form, clerk):
    with pytest.raises(Refused) as caught:
        take_submission(
            form, filled_xml(photo="p.jpg"), {"p.jpg": upload_of("p.jpg", b"MZ..")}, account=clerk
        )
    assert caught.value.code == "bad_file"
    assert not Submission.objects.exists()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_edits_that_come_in_any_order_are_one_submission(form, clerk, order):
    names = [new_id() for _ in range(3)]
    versions = [
        filled_xml(
            names[at],
            deprecated=names[at - 1] if at else "",
            wage=str(at),
            end=f"2026-11-03T1{at}:00:00+08:00",
        )
        for at in range(3)
    ]
    for at in order:
        take_submission(form, versions[at], {}, account=clerk)
    made = Submission.objects.get()
    assert (made.instance_id, made.current_id) == (names[0], names[2])
    assert made.values["income/wage"] == "2"
    assert made.versions.count() == 3


def test_what_is_no_answer_to_this_form_is_refused_with_its_reason(form):
    assert refusal(form, b"<data") == "not_xml"
    assert refusal(form, filled_xml(form_id="other")) == "wrong_form"
    assert refusal(form, filled_xml(version="9")) == "no_version"
    assert refusal(form, b'<!DOCTYPE d [<!ENTITY a "b">]>' + filled_xml()) == "doctype"
    assert refusal(form, filled_xml().replace(b"<data ", b'<data encrypted="yes" ')) == "encrypted"
    assert refusal(form, filled_xml(name="<a>" * 300 + "</a>" * 300)) in ("too_deep", "not_xml")


def test_an_entity_reads_no_file(form):
    xml = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + filled_xml(name="&a;")
    assert refusal(form, xml) in ("doctype", "not_xml")


def test_a_closed_form_takes_nothing_new_but_what_it_has(form, clerk):
    xml = filled_xml()
    take_submission(form, xml, {}, account=clerk)
    form.state = "closed"
    form.save()
    take_submission(form, xml, {}, account=clerk)
    assert refusal(form, filled_xml(), account=clerk) == "closed"


@pytest.fixture
def stranger():
    village = organisation("village_370306102202", kind="village", division_code="370306102202")
    return account(FILLERS[0], unit=village, scope="own")


def test_nobody_edits_what_another_village_filled_in(form, clerk, stranger):
    name = new_id()
    take_submission(form, filled_xml(name), {}, account=clerk)
    assert refusal(form, filled_xml(deprecated=name, wage="0"), account=stranger) == "not_yours"


def test_an_edit_sent_ahead_by_a_stranger_takes_nothing_from_its_owner(form, clerk, stranger):
    name = new_id()
    take_submission(form, filled_xml(deprecated=name, wage="0"), {}, account=stranger)
    made = take_submission(form, filled_xml(name, wage="1"), {}, account=clerk)
    assert (made.account, made.values["income/wage"], made.versions.count()) == (clerk, "1", 1)
    assert Submission.objects.count() == 2
