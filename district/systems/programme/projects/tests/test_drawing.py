"""Experts drawn for a review, asked, followed, and what they say kept to themselves until all have signed."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from district.kernel.clock import now, stopped_at, today
from district.kernel.people.refused import Refused
from district.systems.programme.models import Draw, DrawShare, Expert, Invitation, Opinion, Review
from district.systems.programme.projects import actions, commands, seed
from district.systems.programme.projects.draw import faults_of, sealed
from district.systems.programme.projects.opinions import Said, table
from district.systems.programme.projects.publishing import publication
from district.systems.programme.projects.seed import make_experts, make_firms

from .people import cast, project_at

pytestmark = pytest.mark.django_db
FULL = {line["key"]: float(line["most"]) for line in table("scheme")["lines"]}
TEXT = "方案目标明确，技术可行，建议通过。"


@pytest.fixture
def people():
    found = cast()
    make_experts(found)
    return found


@pytest.fixture
def draw(people):
    project = project_at("review", people)
    return seed.call(people, project, now() + timedelta(days=1), now() + timedelta(days=3))


def refused(act, *given, **options):
    with pytest.raises(Refused) as found:
        act(*given, **options)
    return found.value.code


def test_an_expert_with_a_tie_to_the_owner_is_left_out_and_the_publication_says_so(people):
    Expert.objects.filter(number="ZJ-002").update(ties=["transport"])
    Expert.objects.filter(number="ZJ-003").update(until_on=today() - timedelta(days=1))
    project = project_at("review", people)
    found = seed.call(people, project, now() + timedelta(days=1), now() + timedelta(days=3))
    assert found.pool["left_out"] == {"ZJ-002": "unit_takes_part", "ZJ-003": "not_available"}


def test_an_expert_of_a_firm_that_takes_part_or_of_its_group_is_left_out(people):
    firms = make_firms()
    firms[5].affiliates.add(firms[1])
    Expert.objects.filter(number="ZJ-004").update(employer_uscc=firms[1].uscc)
    project = project_at("review", people)
    actions.take_part(project, people.office, firms[5], "assessor")
    found = seed.call(people, project, now() + timedelta(days=1), now() + timedelta(days=3))
    assert found.pool["left_out"]["ZJ-004"] == "unit_takes_part"


def test_a_share_is_sealed_by_its_witness_once_and_opened_only_when_all_are_sealed(draw, people):
    first, *others = draw.shares.all()
    secret = "ab" * 32
    assert refused(actions.seal_share, first, people.expert, sealed(first.name, secret)) == "not_witness"
    assert refused(actions.open_share, first, first.witness, secret) == "state"
    assert refused(actions.seal_share, first, first.witness, "short") == "seal"
    actions.seal_share(first, first.witness, sealed(first.name, secret))
    assert refused(actions.seal_share, first, first.witness, sealed(first.name, "cd" * 32)) == "sealed"
    assert refused(actions.seal_share, others[0], others[0].witness, sealed(first.name, secret)) == "same_share"
    for share in others:
        actions.seal_share(share, share.witness, sealed(share.name, secret))
    assert refused(actions.open_share, first, first.witness, "cd" * 32) == "wrong_secret"
    for share in draw.shares.all():
        actions.open_share(share, share.witness, secret)
    draw.refresh_from_db()
    assert draw.state == "drawn"
    assert faults_of(publication(draw)) == []


def test_what_is_not_opened_in_time_makes_the_draw_void_and_another_may_be_made(draw, people):
    for share in draw.shares.all():
        actions.seal_share(share, share.witness, sealed(share.name, "ab" * 32))
    assert actions.end_draws_left_open() == 0
    with stopped_at(now() + timedelta(hours=25)):
        assert actions.end_draws_left_open() == 1
    draw.refresh_from_db()
    assert draw.state == "void"
    assert "逾期" in draw.void_reason
    again = actions.name_new_draw(draw.review, people.office, {"建设单位": people.owner, "推进办": people.office})
    assert seed.draw_lots(again).state == "asking"


def test_one_person_is_not_two_witnesses(draw, people):
    actions.void_draw(draw, people.office, "重来")
    assert refused(actions.name_new_draw, draw.review, people.office, {"甲": people.owner, "乙": people.owner}) == "witnesses"


def test_no_secret_is_published_before_the_lots_are_drawn(draw):
    first, *others = draw.shares.all()
    for share in (first, *others):
        actions.seal_share(share, share.witness, sealed(share.name, "ab" * 32))
    actions.open_share(first, first.witness, "ab" * 32)
    draw.refresh_from_db()
    assert publication(draw)["secrets"] == {}
    assert "ab" * 32 not in Client().get(reverse("programme:draw_proof", args=[draw.number])).content.decode()


def test_whoever_declines_or_does_not_answer_is_followed_by_the_next_of_the_reserve(draw):
    review = seed.draw_lots(draw)
    software = review.invitations.get(speciality=seed.SOFTWARE)
    for each in review.invitations.exclude(pk=software.pk):
        actions.answer(each, each.expert.account, "accepted", has_no_interest=True)
    assert refused(actions.answer, software, software.expert.account, "declined") == "reason_missing"
    actions.answer(software, software.expert.account, "conflict", "曾任该项目顾问")
    second = Invitation.objects.get(stands_for=software)
    with stopped_at(now() + timedelta(hours=25)):
        actions.end_invitations_left_open()
    second.refresh_from_db()
    assert second.state == "expired"
    draw.refresh_from_db()
    told = publication(draw)
    assert faults_of(told) == []
    assert next(each[2] for each in told["substitutions"]) == "conflict"


def test_a_review_is_cancelled_when_nobody_is_left_to_follow(draw):
    review = seed.draw_lots(draw)
    only = review.invitations.get(speciality=seed.DATA)
    actions.answer(only, only.expert.account, "declined", "出差")
    review.refresh_from_db()
    assert review.state == "cancelled"


def test_an_invitation_is_accepted_only_with_the_declaration_and_by_the_expert_alone(draw, people):
    review = seed.draw_lots(draw)
    found = review.invitations.get(speciality=seed.DATA)
    assert refused(actions.answer, found, people.expert, "accepted") == "declaration"
    assert refused(actions.answer, found, people.office, "accepted", has_no_interest=True) == "not_expert"
    actions.answer(found, people.expert, "accepted", has_no_interest=True)
    assert refused(actions.answer, found, people.expert, "declined", "改变主意") == "state"


def test_an_opinion_is_seen_by_nobody_else_until_all_have_signed(draw, people):
    review = seed.draw_lots(draw)
    for each in review.invitations.all():
        actions.answer(each, each.expert.account, "accepted", has_no_interest=True)
    first, *others = Opinion.objects.filter(invitation__review=review)
    secret = "只有本人看得见的意见，共十余字"
    actions.sign_opinion(first, first.invitation.expert.account, Said(FULL, "passed", secret))
    assert refused(actions.sign_opinion, first, first.invitation.expert.account, Said(FULL, "passed", TEXT)) == "signed"
    client = Client()
    client.force_login(people.office)
    address = reverse("programme:review", args=[review.number])
    assert secret not in client.get(address).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM programme_opinion WHERE id = %s", [first.pk])
        (raw,) = cursor.fetchone()
    assert secret not in raw
    for each in others:
        actions.sign_opinion(each, each.invitation.expert.account, Said(FULL, "passed", TEXT))
    assert secret in client.get(address).content.decode()
    review.refresh_from_db()
    assert (review.state, review.outcome, review.points) == ("decided", "passed", 100.0)


def test_the_file_of_a_draw_is_public_without_names_and_proves_right_off_the_platform(draw, tmp_path, capsys):
    seed.draw_lots(draw)
    answer = Client().get(reverse("programme:draw_file", args=[draw.number]))
    told = answer.json()
    assert not any(expert.name in answer.content.decode() for expert in Expert.objects.all())
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    assert commands.draw(["check", str(file)]) == 0
    told["chosen"][0][1] = next(key for key in told["candidates"] if key != told["chosen"][0][1])
    file.write_text(json.dumps(told), "utf-8")
    assert commands.draw(["check", str(file)]) == 1
    assert "不符" in capsys.readouterr().out


def test_a_review_does_not_begin_twice(draw, people):
    code = refused(actions.call_review, draw.review.project, people.office, kind="scheme", wanted=seed.WANTED,
                   begins_at=now(), due_at=now() + timedelta(days=1), witnesses={})  # fmt: skip
    assert code == "running"
    assert Draw.objects.count() == 1
    assert DrawShare.objects.count() == 3
    assert Review.objects.count() == 1
