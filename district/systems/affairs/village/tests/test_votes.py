"""Meetings, votes and the way of a proposal; a secret vote belongs to nobody."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.clock import now, stopped_at
from district.kernel.people.refused import Refused
from district.systems.affairs.models import Ballot, Slip, Voter
from district.systems.affairs.village import slip_codes
from district.systems.affairs.village.actions import meeting as meetings
from district.systems.affairs.village.actions import proposing, voting
from district.systems.affairs.village.assembly import is_carried, is_quorate


@given(expected=st.integers(0, 500), data=st.data())
def test_who_may_decide_and_when_it_is_carried(expected, data):
    present = data.draw(st.integers(0, expected))
    agreeing = data.draw(st.integers(0, present))

    for body in ("delegates", "households"):
        assert is_quorate(body, expected, present) == (expected > 0 and 3 * present >= 2 * expected)
    assert is_quorate("party", expected, present) == (expected > 0 and 2 * present > expected)
    assert is_carried(present, agreeing) == (present > 0 and Fraction(agreeing, present) > Fraction(1, 2))


def held(village, body="delegates", present=3):
    made = meetings.call_meeting(village.unit, body, f"{body}会", now(), ["修路"], village.clerk)
    marks = {
        one.pk: "present" if index < present else "leave" for index, one in enumerate(made.attendances.all())
    }
    meetings.take_attendance(made, village.clerk, marks)
    return made


def test_without_a_quorum_nothing_is_voted_on(village):
    with pytest.raises(Refused, match="人数不够"):
        voting.open_ballot(held(village, present=1), "修路", village.clerk)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.sampled_from([*voting.CHOICES, "涂改"]), max_size=6), paper=st.integers(0, 2))
def test_every_slip_counts_once_and_no_more_than_were_drawn(village, choices, paper):
    ballot = voting.open_ballot(held(village), "修路", village.clerk)
    codes = voting.print_slips(ballot, village.clerk)
    drawn = list(ballot.voters.values_list("pk", flat=True))[:2]
    voting.hand_out(ballot, village.clerk, drawn)
    counted, used = [], []
    for index, choice in enumerate(choices):
        code = codes[index % len(codes)]
        if choice in voting.CHOICES and code not in used and len(used) < len(drawn):
            voting.vote_by_slip(slip_codes.shown(code).lower(), choice)
            used.append(code)
            counted.append(choice)
        else:
            with pytest.raises(Refused):
                voting.vote_by_slip(code, choice)
    if len(counted) + paper > len(drawn):
        with pytest.raises(Refused, match="最多"):
            voting.close_ballot(ballot, village.clerk, {"同意": paper})
    else:
        closed = voting.close_ballot(ballot, village.clerk, {"同意": paper})
        votes = dict(closed.counts.values_list("option", "votes"))
        assert sum(votes.values()) == len(counted) + paper
        assert votes["同意"] == counted.count("同意") + paper


def test_nothing_kept_of_a_secret_vote_leads_from_a_voter_to_a_choice(village):
    ballot = voting.open_ballot(held(village), "修路", village.clerk)
    code = voting.print_slips(ballot, village.clerk)[0]
    voting.hand_out(ballot, village.clerk, list(ballot.voters.values_list("pk", flat=True)))
    voting.vote_by_slip(code, "不同意")

    assert not ballot.voters.exclude(choice="").exists()
    slip_columns = {field.column for field in Slip._meta.get_fields() if hasattr(field, "column")}
    assert slip_columns == {"id", "ballot_id", "code_hash", "is_used"}
    voter_columns = {field.column for field in Voter._meta.get_fields() if hasattr(field, "column")}
    assert voter_columns == {"id", "ballot_id", "label", "is_secret", "has_slip", "choice"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM affairs_slip WHERE code_hash LIKE %s", [f"%{code}%"])
        assert cursor.fetchone() == (0,)
    with pytest.raises(Refused, match="不能按人登记"):
        voting.vote_by_hand(ballot, village.clerk, {ballot.voters.first().pk: "同意"})
    with pytest.raises(Refused, match="只能印一次"):
        voting.print_slips(ballot, village.clerk)


def test_a_household_has_one_vote_though_two_of_it_came(village):
    meetings.add_member(village.unit, "households", "演示同户", village.clerk, household="演示1户")
    ballot = voting.open_ballot(
        held(village, "households", present=4), "分红", village.clerk, is_secret=False
    )

    assert sorted(ballot.voters.values_list("label", flat=True)) == ["演示1户", "演示2户", "演示3户"]
    voting.vote_by_hand(ballot, village.clerk, {voter.pk: "同意" for voter in ballot.voters.all()[:2]})
    assert voting.close_ballot(ballot, village.clerk).is_passed is True
    with pytest.raises(Refused, match="已结束"):
        voting.vote_by_hand(ballot, village.clerk, {})


def closed_meeting(village, body, proposal=None):
    meeting = held(village, body)
    ballot = None
    if proposal is not None:
        ballot = voting.open_ballot(meeting, "修路", village.clerk, is_secret=False, proposal=proposal)
        voting.vote_by_hand(ballot, village.clerk, {voter.pk: "同意" for voter in ballot.voters.all()})
        ballot = voting.close_ballot(ballot, village.clerk)
    return meetings.close_meeting(meeting, village.clerk, "纪要：同意修路"), ballot


def test_a_proposal_goes_through_four_meetings_and_two_publications_in_order(village, client):
    proposal = proposing.propose(village.unit, "修路", "硬化村东路", village.clerk)
    with pytest.raises(Refused, match="应由相应的会议"):
        proposing.decide(proposal, closed_meeting(village, "party")[0], village.clerk)
    with pytest.raises(Refused, match="要先由会议决定"):
        proposing.publish_step(proposal, "公开", village.clerk)
    for body in ("branch", "committees", "party"):
        proposing.decide(proposal, closed_meeting(village, body)[0], village.clerk)
    meeting, ballot = closed_meeting(village, "delegates", proposal)
    with pytest.raises(Refused, match="要有这次会议"):
        proposing.decide(proposal, meeting, village.clerk)
    step = proposing.decide(proposal, meeting, village.clerk, ballot=ballot)
    assert (step.present, step.agreeing, step.is_agreed) == (3, 3, True)
    with pytest.raises(Refused, match="不少于 7 天"):
        proposing.publish_step(proposal, "决议", village.clerk, days=3)
    proposing.publish_step(proposal, "决议：修村东路", village.clerk)
    with pytest.raises(Refused, match="公开期未满"):
        proposing.publish_step(proposal, "开工", village.clerk)
    with stopped_at(now() + timedelta(days=8)):
        proposing.publish_step(proposal, "已完工", village.clerk)
        proposing.publish_step(proposal, "结果：花费公开", village.clerk)
    proposal.refresh_from_db()
    assert proposal.stage == "done"
    assert "决议：修村东路" in client.get("/affairs/openness/").content.decode()
    client.force_login(village.clerk)
    assert "四议两公开" in client.get(f"/affairs/proposals/{proposal.pk}/").content.decode()
    client.force_login(village.neighbour)
    assert client.get(f"/affairs/proposals/{proposal.pk}/").status_code == 404


def test_a_proposal_that_is_not_agreed_ends(village):
    proposal = proposing.propose(village.unit, "修路", "硬化村东路", village.clerk)

    proposing.decide(proposal, closed_meeting(village, "branch")[0], village.clerk, agreeing=1)

    proposal.refresh_from_db()
    assert proposal.stage == "dropped"


def test_a_closed_meeting_does_not_change(village):
    meeting, _ballot = closed_meeting(village, "branch")

    for act in (
        lambda: meetings.take_attendance(meeting, village.clerk, {}),
        lambda: meetings.close_meeting(meeting, village.clerk, "又"),
        lambda: voting.open_ballot(meeting, "x", village.clerk),
    ):
        with pytest.raises(Refused, match="会议已结束"):
            act()


def test_a_secret_vote_from_the_pages(village, client):
    client.force_login(village.clerk)
    given = {
        "organisation": village.unit.pk, "body": "delegates", "title": "代表会", "starts_at": "2026-09-07T09:00",
        "agenda": "修路",
    }  # fmt: skip
    address = client.post("/affairs/meetings/new", given)["Location"]
    text = client.get(address).content.decode()
    marks = {
        name: "present"
        for name in (part.split('"')[0] for part in text.split('name="')[1:])
        if name.startswith("presence-")
    }
    assert "人数有效" in client.post(f"{address}attendance", marks, follow=True).content.decode()
    client.post(f"{address}ballots/new", {"question": "修路吗", "is_secret": "on"})
    ballot = Ballot.objects.get()
    slips = client.post(f"/affairs/ballots/{ballot.pk}/slips")
    assert slips["Cache-Control"] == "no-store"
    code = slips.content.decode().split('<span class="d-figure">')[1].split("<")[0]
    voters = [voter.pk for voter in ballot.voters.all()]
    client.post(f"/affairs/ballots/{ballot.pk}/hand_out", {"voter": voters})

    client.logout()
    first = client.post("/affairs/openness/vote", {"code": code}).content.decode()
    assert "修路吗" in first
    assert (
        "您的票已计入"
        in client.post("/affairs/openness/vote", {"code": code, "choice": "同意"}).content.decode()
    )
    again = client.post("/affairs/openness/vote", {"code": code, "choice": "同意"}).content.decode()
    assert "没有" in again or "已经用过" in again
    client.force_login(village.clerk)
    assert "结束前不显示票数" in client.get(f"/affairs/ballots/{ballot.pk}/").content.decode()
    done = client.post(f"/affairs/ballots/{ballot.pk}/close", {"paper-0": "1"}, follow=True).content.decode()
    assert "通过" in done
    assert dict(ballot.counts.values_list("option", "votes")) == {"同意": 2, "不同意": 0, "弃权": 0}
