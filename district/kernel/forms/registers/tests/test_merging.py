"""Three phones, seven days without a network: whatever arrives when, the outcome is one, and nothing is lost."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from district.kernel.forms.registers import merging
from district.kernel.forms.registers.merging import Write
from district.kernel.forms.registers.tests.phones import ITEMS, START, Entry, at, begun

PHONES = st.integers(0, 2)
SUBSETS = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True)
SMALL = st.sampled_from(("", "0", "1", "2"))


def values_of(state: merging.State) -> dict[str, tuple[str, ...]]:
    return {item: tuple(claim.value for claim in claims) for item, claims in state.items()}


def standing(entries: Iterable[Entry], writes: Iterable[Write]) -> dict[str, set[str]]:
    """By another way: the values that came and that nobody who saw them replaced by one that came.

    Only for values that are typed once each. A value comes with the form it was typed in or with a later one.
    """
    delivered = {given for write in writes for given in write.values.items()}
    after: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        after[entry.item, entry.before].append(entry)

    def is_replaced(item: str, value: str) -> bool:
        return any(
            (item, entry.value) in delivered or is_replaced(item, entry.value)
            for entry in after.get((item, value), ())
        )

    found: dict[str, set[str]] = {item: set() if is_replaced(item, "0") else {"0"} for item in ITEMS}
    for entry in entries:
        if (entry.item, entry.value) in delivered and not is_replaced(entry.item, entry.value):
            found[entry.item].add(entry.value)
    return found


class ThreePhones(RuleBasedStateMachine):
    """Phones fill in, fetch and send as they like; letters are doubled, late, or never come."""

    def __init__(self) -> None:
        super().__init__()
        self.server, self.phones = begun()
        self.entries: list[Entry] = []
        self.minutes = 0
        self.seen_at: list[int] = [1]

    @rule(phone=PHONES, asked=SUBSETS, changed=SUBSETS, clock=st.integers(-600, 600))
    def fills(self, phone: int, asked: list[str], changed: list[str], clock: int) -> None:
        self.minutes += 60
        typed = {item: f"v{len(self.entries)}{item}" for item in changed}
        self.entries += self.phones[phone].fill(typed, at(0, self.minutes + clock), asked)

    @rule(phone=PHONES)
    def fetches(self, phone: int) -> None:
        self.phones[phone].fetch(self.server)
        self.seen_at.append(len(self.server.writes))

    @precondition(lambda self: any(phone.outbox for phone in self.phones))
    @rule(data=st.data(), is_kept=st.booleans())
    def sends_one(self, data: st.DataObject, is_kept: bool) -> None:
        phone = data.draw(st.sampled_from([phone for phone in self.phones if phone.outbox]))
        index = data.draw(st.integers(0, len(phone.outbox) - 1))
        self.server.take(phone.outbox[index])
        if not is_kept:
            del phone.outbox[index]

    @invariant()
    def what_nobody_replaced_is_there(self) -> None:
        held = {item: set(found) for item, found in values_of(self.server.state).items()}
        assert held == standing(self.entries, self.server.writes)

    def teardown(self) -> None:
        """All of it sent at last, and the same letters taken in other orders between two fetches: one outcome."""
        for phone in self.phones:
            for write in phone.outbox:
                self.server.take(write)
        self.what_nobody_replaced_is_there()
        shuffled = _renumbered(
            self.server.writes, sorted(set(self.seen_at)), random.Random(len(self.entries))
        )
        assert values_of(merging.merge(shuffled)) == values_of(self.server.state)


def _renumbered(writes: list[Write], seen_at: list[int], chance: random.Random) -> list[Write]:
    """The writes as if they had come in another order, never across a moment at which somebody fetched."""
    ordered: list[Write] = []
    for start, end in zip(seen_at, [*seen_at[1:], len(writes)], strict=True):
        part = writes[start:end]
        chance.shuffle(part)
        ordered += part
    return [
        Write(write.key, number, write.at, write.values, write.trunk, write.branch, write.step)
        for number, write in enumerate([*writes[: seen_at[0]], *ordered], start=1)
    ]


TestThreePhones = ThreePhones.TestCase
TestThreePhones.settings = settings(max_examples=120, stateful_step_count=24, deadline=None)


@settings(max_examples=150, deadline=None)
@given(
    days=st.lists(
        st.tuples(PHONES, SUBSETS, st.dictionaries(st.sampled_from(ITEMS), SMALL, max_size=3)),
        min_size=1, max_size=21,
    ),
    order=st.randoms(use_true_random=False),
)  # fmt: skip
def test_seven_days_off_line_sent_in_any_order_and_twice_come_to_one_state(
    days: list[tuple[int, list[str], dict[str, str]]], order: random.Random
) -> None:
    outcomes = []
    for turn in range(3):
        server, phones = begun()
        for index, (phone, asked, changes) in enumerate(days):
            phones[phone].fill(changes, at(index * 7 // len(days), index), asked)
        letters = [write for phone in phones for write in phone.outbox]
        if turn:
            letters += letters
            order.shuffle(letters)
        for letter in letters:
            server.take(letter)
        outcomes.append(values_of(server.state))
    assert outcomes[0] == outcomes[1] == outcomes[2]


@settings(max_examples=80, deadline=None)
@given(
    typed=st.lists(st.tuples(PHONES, st.dictionaries(st.sampled_from(ITEMS), SMALL, min_size=1)), max_size=12)
)
def test_who_fetches_before_and_sends_after_each_form_makes_no_conflict(
    typed: list[tuple[int, dict[str, str]]],
) -> None:
    server, phones = begun()
    expected = dict.fromkeys(ITEMS, "0")
    for index, (number, changes) in enumerate(typed):
        phones[number].fetch(server)
        phones[number].fill(changes, at(0, index))
        server.take(phones[number].outbox.pop())
        expected |= changes
    assert values_of(server.state) == {item: (value,) for item, value in expected.items()}


def test_two_phones_that_change_different_items_agree() -> None:
    server, phones = begun()
    phones[0].fill({"wage": "900"}, at(1, 0))
    phones[1].fill({"roof": "瓦"}, at(2, 0))
    for phone in phones[:2]:
        server.take(phone.outbox[0])
    assert values_of(server.state) == {"name": ("0",), "wage": ("900",), "roof": ("瓦",)}


def test_two_phones_that_change_one_item_conflict_and_the_later_clock_is_shown() -> None:
    server, phones = begun()
    phones[0].fill({"wage": "900"}, at(3, 0))
    phones[1].fill({"wage": "800"}, at(2, 0))
    for phone in phones[:2]:
        server.take(phone.outbox[0])
    assert values_of(server.state)["wage"] == ("900", "800")
    assert [claim.writes[0].key for claim in merging.conflicts(server.state)["wage"]] == ["a2", "b2"]


def test_a_value_that_the_phone_did_not_show_is_not_overwritten_by_who_saw_the_other() -> None:
    server, phones = begun()
    phones[0].fill({"wage": "900"}, at(3, 0))
    phones[1].fill({"wage": "800"}, at(2, 0))
    for phone in phones[:2]:
        server.take(phone.outbox[0])
    phones[2].fetch(server)
    phones[2].fill({"wage": "850"}, at(4, 0))
    server.take(phones[2].outbox[0])
    assert values_of(server.state)["wage"] == ("850", "800")


def test_a_change_taken_back_on_the_phone_is_told_right_though_the_second_form_comes_first() -> None:
    server, phones = begun()
    phones[0].fill({"wage": "900"}, at(1, 0))
    phones[0].fill({"wage": "0"}, at(2, 0))
    for write in reversed(phones[0].outbox):
        server.take(write)
    assert values_of(server.state)["wage"] == ("0",)


def _settled() -> list[Write]:
    return [
        Write("create", 1, START, {"wage": "0"}),
        Write("a", 2, at(1, 0), {"wage": "900"}, trunk=1),
        Write("b", 3, at(2, 0), {"wage": "800"}, trunk=1),
        Write("s", 4, at(3, 0), {"wage": "900"}, trunk=3, settles=True),
    ]


def test_a_settlement_ends_every_value_it_saw() -> None:
    assert values_of(merging.merge(_settled())) == {"wage": ("900",)}


def test_an_old_value_that_comes_after_the_settlement_reopens_nothing_but_a_new_one_does() -> None:
    late = Write("c", 5, at(2, 30), {"wage": "800"}, trunk=1)
    assert values_of(merging.merge([*_settled(), late])) == {"wage": ("900",)}
    new = Write("d", 5, at(2, 30), {"wage": "700"}, trunk=1)
    assert values_of(merging.merge([*_settled(), new])) == {"wage": ("900", "700")}


def test_who_saw_the_settlement_may_change_the_value_back() -> None:
    again = Write("c", 5, at(4, 0), {"wage": "800"}, trunk=4)
    assert values_of(merging.merge([*_settled(), again])) == {"wage": ("800",)}


def test_a_write_that_claims_to_have_seen_the_future_has_seen_what_was_there() -> None:
    writes = [
        Write("create", 1, START, {"wage": "0"}),
        Write("a", 2, at(1, 0), {"wage": "900"}, trunk=9),
        Write("b", 3, at(2, 0), {"wage": "800"}, trunk=1),
    ]
    assert values_of(merging.merge(writes)) == {"wage": ("800", "900")}


def test_only_what_differs_from_the_screen_is_a_change() -> None:
    writes = [
        Write("create", 1, START, {"wage": "0", "roof": "瓦"}),
        Write("a", 2, at(1, 0), {"wage": "900", "roof": "瓦"}, trunk=1),
    ]
    assert merging.outcome_of(writes).changes["a"] == {"wage": ("0", "900")}


def _edited(*after: str, wage: str, number: int, trunk: int = 1, minutes: int = 0) -> Write:
    return Write(f"e{number}", number, at(2, minutes), {"wage": wage}, trunk=trunk, after=after)


def test_a_correction_replaces_what_it_corrects_whichever_comes_first() -> None:
    create = Write("create", 1, START, {"wage": "0"})
    first = {"at": at(1, 0), "values": {"wage": "900"}, "trunk": 1}
    in_order = [create, Write("a", 2, **first), _edited("a", wage="950", number=3)]
    turned = [create, _edited("a", wage="950", number=2), Write("a", 3, **first)]
    assert values_of(merging.merge(in_order)) == values_of(merging.merge(turned)) == {"wage": ("950",)}


def test_two_corrections_of_one_form_conflict() -> None:
    writes = [
        Write("create", 1, START, {"wage": "0"}),
        Write("a", 2, at(1, 0), {"wage": "900"}, trunk=1),
        _edited("a", wage="950", number=3),
        _edited("a", wage="940", number=4, minutes=5),
    ]
    assert values_of(merging.merge(writes)) == {"wage": ("940", "950")}


def test_who_corrects_an_old_form_has_not_seen_what_came_after_it_whatever_version_he_names() -> None:
    writes = [
        Write("create", 1, START, {"wage": "0"}),
        Write("a", 2, at(1, 0), {"wage": "900"}, trunk=1),
        Write("b", 3, at(1, 5), {"wage": "700"}, trunk=2),
        _edited("a", wage="950", number=4, trunk=3),
    ]
    assert values_of(merging.merge(writes)) == {"wage": ("950", "700")}
