"""A dispute settled in its village never rises; one that is not rises by the clock, to the town and to the district."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from district.kernel.alerts.models import Notice
from district.kernel.cases.actions import return_task
from district.kernel.cases.cards import give_cards
from district.kernel.cases.contract import CaseOverdue
from district.kernel.cases.models import Entry, Evaluation
from district.kernel.cases.queries import cases_visible_to
from district.kernel.clock import now, stopped_at
from district.kernel.files.actions import keep
from district.kernel.files.models import FileLink
from district.kernel.people.models import AuditEntry

from ...handlers import follow_concern, rise_when_overdue
from ...models import Concern, ConcernMove
from ..actions import MOST_WRONG_CODES, ask_up, follow_end, forget_old, give_back, rate, rise_by_clock, settle
from ..queries import concerns_visible_to, counted_for, task_of
from ..query_code import query_code
from ..refused import Refused
from .village import DISPUTE, Village, hear


def overdue(concern: Concern) -> CaseOverdue:
    """What the minute's cards tell of the step that waits."""
    case, task = concern.case, task_of(concern)
    return CaseOverdue(
        case.pk, case.number, case.system, task.pk, task.role, task.organisation_id, task.due_at
    )


def days_run_out(concern: Concern) -> Concern:
    """The clock stands where the step's days are over, the cards are given, and what they tell comes by the queue."""
    task = task_of(concern)
    with stopped_at(task.late_at + timedelta(minutes=1)):
        hear()
        assert give_cards() >= 1
        assert hear() >= 1
    return Concern.objects.get(pk=concern.pk)


def test_a_dispute_settled_in_its_village_never_rises(place: Village):
    concern = place.opened()
    settle(place.clerk, concern, "mediated", "双方同意按原沟走向共同清理")
    assert not rise_by_clock(concern.case.tasks.get().pk)
    with stopped_at(now() + timedelta(days=400)):
        give_cards()
    concern.refresh_from_db()
    assert (concern.level, concern.case.state, concern.is_on_time) == ("village", "closed", True)
    assert not concern.moves.exists()
    assert {each.key for each in concern.case.tasks.all()} == {"village"}


def test_what_a_village_settles_is_read_by_the_village_alone(place: Village):
    concern = place.opened(kind="request", parties=())
    for reader in (place.officer, place.manager, place.leader, place.neighbour):
        assert not concerns_visible_to(reader).exists()
        assert not cases_visible_to(reader, "affairs").exists()
    assert concerns_visible_to(place.clerk).get() == concern
    assert [counted_for(each).count() for each in (place.clerk, place.officer, place.leader)] == [1, 1, 1]
    assert counted_for(place.neighbour).count() == 0


def test_a_dispute_not_settled_in_its_days_rises_to_the_town_and_then_to_the_district(place: Village):
    concern = days_run_out(place.opened())
    assert concern.level == "town"
    assert concerns_visible_to(place.officer).get() == concern
    assert not concerns_visible_to(place.manager).exists()
    assert Notice.objects.filter(recipient=place.officer, title__contains=concern.case.number).exists()
    concern = days_run_out(concern)
    assert concern.level == "district"
    settle(place.manager, concern, "court", "告知双方依法起诉")
    moves = [(each.from_level, each.to_level, each.cause, each.by) for each in concern.moves.all()]
    assert moves == [("village", "town", "clock", None), ("town", "district", "clock", None)]
    assert all(each.due_at is not None for each in concern.moves.all())
    concern = Concern.objects.get()
    assert (concern.level, concern.is_on_time) == ("district", False)


def test_the_clock_moves_a_matter_once_however_often_it_is_told(place: Village):
    concern = place.opened()
    told = overdue(concern)
    for _again in range(3):
        rise_when_overdue(told)
    assert concern.moves.count() == 1


def test_a_suspended_matter_does_not_rise(place: Village):
    from district.kernel.cases.actions import suspend

    concern = place.opened()
    suspend(concern.case, None, "等待鉴定")
    assert not rise_by_clock(task_of(concern).pk)
    assert Concern.objects.get().level == "village"


def test_only_the_post_of_its_level_settles_asks_and_gives_back(place: Village):
    concern = place.opened()
    for stranger in (place.officer, place.manager, place.leader, place.neighbour):
        with pytest.raises(Refused) as refusal:
            settle(stranger, concern, "done", "越级办结")
        assert refusal.value.code == "not_post"
    concern = ask_up(place.clerk, concern, "涉及两个村，村里协调不了")
    with pytest.raises(Refused):
        settle(place.clerk, concern, "done", "已在镇里")
    concern = give_back(place.officer, concern, "请村里先组织一次调解")
    assert concern.level == "village"
    settle(place.clerk, concern, "mediated", "调解成功")
    assert [each.cause for each in concern.moves.all()] == ["asked", "returned"]
    with pytest.raises(Refused) as refusal:
        settle(place.clerk, concern, "done", "再办一次")
    assert refusal.value.code == "settled"


def test_a_matter_moved_at_the_bench_of_cases_is_where_its_case_is(place: Village):
    concern = ask_up(place.clerk, place.opened(), "村里协调不了")
    return_task(task_of(concern), place.officer, "退回")
    task = task_of(concern)
    from district.kernel.cases.contract import TaskReady

    case = concern.case
    follow_concern(
        TaskReady(
            case.pk, task.pk, "affairs", case.procedure, task.key, task.role, task.organisation_id, None
        )
    )
    concern.refresh_from_db()
    assert (concern.level, concern.moves.last().cause) == ("village", "returned")


def test_a_case_that_is_cancelled_takes_its_matter_with_it_and_is_not_counted(place: Village):
    from district.kernel.cases.actions import cancel

    concern = place.opened()
    cancel(concern.case, None, "重复登记")
    concern.case.refresh_from_db()
    follow_end(concern.case)
    assert Concern.objects.get().way == "cancelled"
    assert not counted_for(place.leader).exists()


def test_the_case_and_its_timeline_hold_nothing_of_a_person(place: Village):
    concern = ask_up(place.clerk, place.opened(), "演示甲不接受")
    settle(place.officer, concern, "mediated", "演示甲与演示乙和解")
    concern.case.refresh_from_db()
    case = concern.case
    written = f"{case.title} {case.text} {case.form} {case.outcome} " + " ".join(
        f"{each.note} {each.after} {each.before}" for each in Entry.objects.filter(case=case)
    ) + " ".join(f"{each.purpose} {each.fields}" for each in AuditEntry.objects.all())  # fmt: skip
    assert not [each.name for each in DISPUTE if each.name in written]
    assert "排水沟" not in written
    assert case.is_confidential


def test_the_same_key_registers_once(place: Village):
    assert place.opened().pk == place.opened().pk
    assert place.opened("2").pk != place.opened().pk


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "gossip"}, "unknown"),
        ({"matter": " "}, "matter_missing"),
        ({"parties": DISPUTE[:1]}, "parties_missing"),
    ],
)
def test_what_cannot_be_registered_says_why(place: Village, given: dict, code: str):
    with pytest.raises(Refused) as refusal:
        place.opened(**given)
    assert refusal.value.code == code


def test_a_clerk_registers_for_his_own_village_only(place: Village):
    from ..actions import open_concern

    with pytest.raises(Refused) as refusal:
        open_concern(place.neighbour, key="1", kind="request", matter="路灯不亮", village=place.village)
    assert refusal.value.code == "not_post"


def test_the_household_rates_once_with_the_code_and_codes_cannot_be_guessed(place: Village):
    concern = place.opened(kind="request", parties=())
    number = concern.case.number
    with pytest.raises(Refused) as early:
        rate(number, query_code(number), 5)
    assert early.value.code == "not_closed"
    settle(place.clerk, concern, "done", "路灯已修")
    rate(number, query_code(number), 4, "很快")
    assert Evaluation.objects.get().side == "reporter"
    with pytest.raises(Refused) as again:
        rate(number, query_code(number), 1)
    assert again.value.code == "evaluated"
    for _try in range(MOST_WRONG_CODES):
        with pytest.raises(Refused):
            rate(number, "0000000", 1)
    with pytest.raises(Refused) as shut:
        rate(number, query_code(number), 1)
    assert shut.value.code == "code"


def test_names_and_texts_are_forgotten_in_time_and_counts_stay(place: Village):
    said = keep(SimpleUploadedFile("voice.ogg", b"OggS\x00\x02 words"), place.clerk, "concern")
    concern = ask_up(place.clerk, place.opened(files=[said]), "演示甲不接受")
    settle(place.officer, concern, "mediated", "和解")
    assert forget_old() == 0
    assert FileLink.objects.get().subject == concern.case.number
    concern.refresh_from_db()
    assert forget_old(concern.delete_on) == 1
    assert forget_old(concern.delete_on) == 0
    concern.refresh_from_db()
    assert (concern.matter, concern.outcome, concern.parties.count()) == ("", "", 0)
    assert not FileLink.objects.exists()
    assert ConcernMove.objects.get().reason == ""
    assert counted_for(place.leader).count() == 1


def test_the_demonstration_shows_every_way_and_is_made_once(place: Village):
    from ...desk.seed import seed_visits
    from ...models import Visit
    from ..seed import seed_concerns

    for name, person in (("clerk", place.clerk), ("town", place.officer), ("manager", place.manager)):
        type(person).objects.filter(pk=person.pk).update(username=f"affairs.{name}", is_demo=True)
    for _again in range(2):
        seed_concerns()
        seed_visits()
    assert Concern.objects.filter(is_simulated=True).count() == 12
    assert Visit.objects.count() == 4
    settled = Concern.objects.filter(settled_at__isnull=False)
    assert {each.level for each in settled} == {"village", "town", "district"}
    assert ConcernMove.objects.filter(cause="clock").count() == 3


def test_the_bench_of_cases_leads_to_the_matter(place: Village):
    concern = place.opened()
    client = Client()
    client.force_login(place.clerk)
    page = client.get(f"/cases/of/{concern.case.number}/").content.decode()
    assert f'href="/affairs/circulation/{concern.case.number}/"' in page
    assert "演示甲" not in page
