"""Turns are fair; shifts change hands only as both want."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.clock import CHINA, stopped_at
from district.kernel.people.refused import Refused
from district.systems.affairs.models import Shift, SwapState
from district.systems.affairs.village.actions import duty as actions
from district.systems.affairs.village.rostering import fair_turns

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=CHINA)


@given(people=st.integers(2, 7), count=st.integers(0, 60), off=st.sets(st.integers(0, 59)))
def test_turns_are_even_on_all_days_and_on_days_off_and_never_twice_running(people, count, off):
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(count)]
    free = {days[n] for n in off if n < count}

    turns = fair_turns(list(range(people)), days, lambda day: day not in free)

    assert len(turns) == count
    assert people < 3 or all(one != other for one, other in pairwise(turns))
    holidays = Counter(person for day, person in zip(days, turns, strict=True) if day in free)
    assert spread(holidays, people) <= 1
    assert spread(Counter(turns), people) <= 2


def spread(counts: Counter, people: int) -> int:
    return max(counts[person] for person in range(people)) - min(counts[person] for person in range(people))


def test_a_roster_goes_on_where_the_last_one_ended(village):
    people = [village.clerk, village.other]
    first = actions.deal_out(village.unit, people, date(2026, 9, 7), date(2026, 9, 11), village.clerk)
    again = actions.deal_out(village.unit, people, date(2026, 9, 9), date(2026, 9, 20), village.clerk)

    assert (len(first), len(again)) == (5, 9)
    days = list(Shift.objects.order_by("starts_at").values_list("account", flat=True))
    assert spread(Counter([village.clerk.pk, village.other.pk].index(one) for one in days), 2) <= 1


def test_only_people_of_the_unit_are_put_on_its_roster(village):
    with pytest.raises(Refused, match="只能给本单位"):
        actions.deal_out(village.unit, [village.neighbour], date(2026, 9, 7), date(2026, 9, 8), village.clerk)
    with pytest.raises(Refused, match="不能为"):
        actions.deal_out(village.unit, [village.clerk], date(2026, 9, 7), date(2026, 9, 8), village.neighbour)


def test_a_swap_changes_hands_when_the_other_agrees(village):
    with stopped_at(MONDAY):
        shifts = actions.deal_out(
            village.unit, [village.clerk, village.other], date(2026, 9, 8), date(2026, 9, 11), village.clerk
        )
        mine = next(shift for shift in shifts if shift.account_id == village.clerk.pk)
        his = next(shift for shift in shifts if shift.account_id == village.other.pk)
        swap = actions.ask_swap(mine, village.other, village.clerk, "家里有事", in_return=his)
        with pytest.raises(Refused, match="已在换班中"):
            actions.ask_swap(mine, village.other, village.clerk, "再问")
        with pytest.raises(Refused, match="由对方答复"):
            actions.answer_swap(swap, village.clerk, True)

        done = actions.answer_swap(swap, village.other, True)

    mine.refresh_from_db()
    his.refresh_from_db()
    assert (done.state, mine.account, his.account) == (SwapState.AGREED, village.other, village.clerk)


def test_the_log_is_written_by_who_was_on_duty(village, client):
    with stopped_at(MONDAY):
        (shift,) = actions.deal_out(
            village.unit, [village.clerk], date(2026, 9, 7), date(2026, 9, 7), village.clerk
        )
        with pytest.raises(Refused):
            actions.write_log(shift, village.other, "x")
        client.force_login(village.clerk)
        client.post(f"/affairs/duty/shifts/{shift.pk}/log", {"log": "接报停电一起"})
        text = client.get("/affairs/duty/").content.decode()
        assert "接报停电一起" in text
        assert "现在值班" in text
        client.force_login(village.neighbour)
        assert client.get(f"/affairs/duty/shifts/{shift.pk}/").status_code == 404


def test_a_roster_and_a_swap_from_the_pages(village, client):
    with stopped_at(MONDAY):
        client.force_login(village.clerk)
        given = {
            "organisation": village.unit.pk, "people": [village.clerk.pk, village.other.pk],
            "first": "2026-09-08", "last": "2026-09-12",
        }  # fmt: skip
        assert "已排 5 个班次" in client.post("/affairs/duty/", given, follow=True).content.decode()
        mine = Shift.objects.filter(account=village.clerk).first()
        assert "申请换班" in client.get(f"/affairs/duty/shifts/{mine.pk}/").content.decode()
        answer = client.post(
            f"/affairs/duty/shifts/{mine.pk}/swap", {"swap-other": village.other.pk, "swap-reason": "看病"}
        )
        assert answer.status_code == 302
        client.force_login(village.other)
        swap = mine.swaps.get()
        assert "看病" in client.get("/affairs/duty/").content.decode()
        client.post(f"/affairs/duty/swaps/{swap.pk}/agree")
    mine.refresh_from_db()
    assert mine.account == village.other
