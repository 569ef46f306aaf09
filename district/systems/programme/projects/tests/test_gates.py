from hypothesis import given
from hypothesis import strategies as st

from district.systems.programme.projects import gates
from district.systems.programme.projects.gates import GATES, ORDER, Fact, after, findings, may_pass


@given(stage=st.sampled_from(sorted(GATES)), data=st.data())
def test_a_gate_opens_when_all_it_asks_for_is_there_and_only_then(stage, data):
    facts = {need.key: Fact(data.draw(st.booleans()), "缺") for need in GATES[stage]}
    assert may_pass(findings(stage, facts)) == all(fact.is_met for fact in facts.values())


@given(stage=st.sampled_from(sorted(GATES)), data=st.data())
def test_what_nobody_found_out_is_not_fulfilled(stage, data):
    needs = GATES[stage]
    left_out = data.draw(st.sampled_from(needs))
    facts = {need.key: Fact(True) for need in needs if need != left_out}
    assert not may_pass(findings(stage, facts))


def test_each_stage_leads_to_the_next_and_the_last_to_none():
    assert [after(stage) for stage in ORDER[:-1]] == list(ORDER[1:])
    assert set(GATES) == set(ORDER[:-1])


def test_each_paper_a_gate_asks_for_can_be_put_in():
    asked = {need.key.removeprefix("papers.") for needs in GATES.values() for need in needs if need.key.startswith("papers.")}
    assert asked <= set(gates.PAPERS)
