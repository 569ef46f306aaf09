from __future__ import annotations

import re
from datetime import timedelta

import pytest

from district.kernel.cases import actions, procedure_versions
from district.kernel.cases.engine_drawing import DrawingRefused, drawing
from district.kernel.cases.engine_expressions import ExpressionRefused, compiled
from district.kernel.cases.models import Case, Entry, Task
from district.kernel.cases.refused import Refused
from district.kernel.cases.tests.conftest import text_of
from district.testing.people import account
from district.testing.procedures import CLERK, HANDLER, LEAD

TABLES = {"limits.dmn": text_of("limits.dmn")}
PLAIN = text_of("plain.bpmn")
WITHOUT_CHECK = PLAIN.replace('sourceRef="handle" targetRef="check"', 'sourceRef="handle" targetRef="passed"').replace(
    PLAIN[PLAIN.index('<bpmn:userTask id="check"') : PLAIN.index('<bpmn:exclusiveGateway id="passed"')], ""
).replace('<bpmn:sequenceFlow id="f7" sourceRef="check" targetRef="passed" />', "")  # fmt: skip


def opened(key: str) -> Case:
    return actions.open_case(
        system="trial", procedure="plain", title="事", channel="web", idempotency_key=key
    )


def done(case: Case, **form) -> None:
    actions.complete(Task.objects.get(case=case, state="ready"), None, form)


@pytest.mark.django_db
def test_a_department_drafts_tries_and_publishes(version):
    lead, past = account(LEAD), opened("past")
    for _step in range(3):
        done(past)
    returned = opened("returned")
    done(returned)
    actions.return_task(Task.objects.get(case=returned, state="ready"), None, "再看")
    done(returned, accepted=False)
    draft = actions.save_draft("trial", "plain", WITHOUT_CHECK, TABLES, lead, "少一道核查")
    entries = Entry.objects.count()
    trials = {trial.number: trial for trial in actions.try_draft(draft)}
    assert Entry.objects.count() == entries, "a trial writes nothing"
    assert trials[returned.number].is_same
    assert trials[past.number].recorded == ("accept", "handle", "check", "end")
    assert trials[past.number].drafted == ("accept", "handle", "end")
    assert all(trial.is_same for trial in actions.try_draft(version))
    running = opened("running")
    actions.publish_version(draft, lead)
    assert (running.version, opened("new").version) == (version, draft)
    with pytest.raises(Refused, match="草稿"):
        actions.save_draft("trial", "plain", PLAIN, TABLES, lead, draft=draft)


@pytest.mark.django_db
def test_running_cases_are_carried_over_where_their_step_still_is(version):
    lead = account(LEAD)
    at_handling, at_check, elsewhere = opened("1"), opened("2"), opened("3")
    done(at_handling)
    done(at_check)
    done(at_check)
    draft = actions.publish_version(actions.save_draft("trial", "plain", WITHOUT_CHECK, TABLES, lead), lead)
    told = actions.migrate_cases(version, draft, [at_handling, at_check, elsewhere], lead)
    assert told[at_handling.number] == told[elsewhere.number] == ""
    assert "核查" in told[at_check.number]
    done(at_handling)
    at_handling.refresh_from_db()
    assert (at_handling.state, at_handling.version) == ("closed", draft), "it ends without the check"
    done(at_check)
    at_check.refresh_from_db()
    assert (at_check.state, at_check.version) == ("closed", version)
    assert "migrate" in set(Entry.objects.filter(case=at_handling).values_list("act", flat=True))


@pytest.mark.django_db
def test_a_step_decided_on_a_page_of_its_own_is_not_decided_at_the_bench(version):
    lead, clerk = account(LEAD), account(CLERK)
    named = PLAIN.replace('name="role" value="clerk" />', 'name="role" value="clerk" /><spiffworkflow:property name="page" '
                          'value="cases:indicators" />', 1)  # fmt: skip
    actions.publish_version(actions.save_draft("trial", "plain", named, TABLES, lead), lead)
    case = opened("page")
    task = case.tasks.get(state="ready")
    with pytest.raises(Refused) as caught:
        actions.complete(task, clerk, {"accepted": False})
    assert caught.value.code == "elsewhere"
    actions.complete(task, clerk, {"accepted": False}, at_page=True)
    case.refresh_from_db()
    assert case.state == "closed"


@pytest.mark.django_db
def test_open_tasks_take_the_new_post_and_limit_only_when_asked(version):
    lead, clerk = account(LEAD), account(CLERK)
    kept, refitted = opened("k"), opened("r")
    actions.claim(refitted.tasks.get(state="ready"), clerk)
    before = refitted.tasks.get(state="claimed")
    begin, end = PLAIN.index('<bpmn:userTask id="accept"'), PLAIN.index('<bpmn:exclusiveGateway id="accepted"')
    step = PLAIN[begin:end].replace('value="clerk"', 'value="handler"')
    step = re.sub(r'(name="limit" value=)"[^"]+"', r'\1"3 natural_hours"', step)
    assert "3 natural_hours" in step
    changed = PLAIN[:begin] + step + PLAIN[end:]
    draft = actions.publish_version(actions.save_draft("trial", "plain", changed, TABLES, lead), lead)
    assert set(actions.migrate_cases(version, draft, [kept], lead).values()) == {""}
    assert set(actions.migrate_cases(version, draft, [refitted], lead, refits_tasks=True).values()) == {""}
    old, new = kept.tasks.get(state="ready"), refitted.tasks.get(state="ready")
    assert (old.role, old.limit_amount) == (before.role, before.limit_amount)
    assert (new.pk, new.role, new.claimed_by) == (before.pk, "trial.handler", None)
    assert (new.limit_kind, new.limit_amount) == ("natural_hours", 3)
    assert new.due_at == new.opened_at + timedelta(hours=3)
    assert f"p:trial.handler:{new.organisation_id or 0}" in Case.objects.get(pk=refitted.pk).seen_by
    actions.complete(new, account(HANDLER), {"accepted": False})


@pytest.mark.django_db
@pytest.mark.usefixtures("version")
def test_only_leads_of_the_whole_district_draw():
    for person in (account(CLERK), account(LEAD, scope="own")):
        with pytest.raises(Refused, match="职责"):
            actions.save_draft("trial", "plain", PLAIN, TABLES, person)


@pytest.mark.django_db
@pytest.mark.usefixtures("version")
def test_a_draft_that_names_an_unknown_post_is_refused():
    with pytest.raises(Refused, match=r"accept.*nobody"):
        actions.save_draft("trial", "plain", PLAIN.replace('value="clerk"', 'value="nobody"'), TABLES, None)


CALLED = "<spiffworkflow:calledDecisionId>"
EVIL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(("change", "code"), [
    (lambda text: text.replace("<bpmn:definitions", EVIL + "<bpmn:definitions", 1), "doctype"),
    (lambda text: text.replace("bpmn:userTask", "bpmn:scriptTask"), "element"),
    (lambda text: text.replace("bpmn:userTask", "bpmn:serviceTask"), "element"),
    (lambda text: text.replace("passed == False", "__import__('os').system('true')"), "expression"),
    (lambda text: text.replace("passed == False", "().__class__"), "expression"),
    (lambda text: text.replace('value="2 working_hours"', 'value="2 moons"'), "limit"),
    (lambda text: text.replace('<spiffworkflow:property name="role" value="clerk" />', ""), "role"),
    (lambda text: text.replace('id="f6" sourceRef="handle" targetRef="check"', 'id="f6" sourceRef="handle" targetRef="closed"'),
     "unreachable"),
    (lambda text: text.replace("limits_by_kind", "nothing"), "invalid"),
    (lambda text: text[:-20], "xml"),
    (lambda text: text.replace(CALLED, f"<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>{CALLED}"), "script"),
])  # fmt: skip
def test_what_a_drawing_may_not_hold_is_refused(change, code):
    with pytest.raises(DrawingRefused) as caught:
        drawing(change(PLAIN), TABLES)
    assert caught.value.code == code


def test_a_decision_table_may_not_run_anything():
    with pytest.raises(DrawingRefused, match="Call"):
        drawing(PLAIN, {"limits.dmn": TABLES["limits.dmn"].replace('"5 working_days"', "open('x')")})


@pytest.mark.parametrize(("text", "form", "value"), [
    ("kind == '投诉' and not done", {"kind": "投诉"}, True),
    ("score >= 3", {}, False), ("score >= 3", {"score": "4"}, False), ("score * 2 > 5", {"score": 3}, True),
    ("kind in ('a', 'b')", {"kind": "b"}, True), ("1 < score < 3", {"score": 2}, True),
    ("name * 999999999", {"name": "x"}, None), ("1 / zero", {"zero": 0}, None), ("true and null is None", {}, True),
    ("'urgent' if score > 5 else 'plain'", {"score": 6}, "urgent"),
])  # fmt: skip
def test_expressions_read_the_form(text, form, value):
    assert compiled(text).value(form) == value


@pytest.mark.parametrize("text", [
    "f(x)", "x.y", "x[0]", "lambda: 1", "[x for x in y]", "x := 1", "2 ** 9", "f'{x}'", "{**x}", "x; y", "", "import os",
    "(" * 50 + "1" + ")" * 50 + "+" + "+".join("1" * 400), "not " * 40 + "x", "b'x'", "1j", "__class__",
])  # fmt: skip
def test_expressions_do_nothing_else(text):
    with pytest.raises(ExpressionRefused):
        compiled(text)


@pytest.mark.django_db
def test_a_changed_shipped_file_does_not_displace_a_departments_own(system, version, monkeypatch):
    shipped = {"bpmn": PLAIN}
    monkeypatch.setattr(procedure_versions, "shipped", lambda *_: (shipped["bpmn"], TABLES))
    first = procedure_versions.publish_shipped(system, system.procedures[0])
    assert (first.state, procedure_versions.publish_shipped(system, system.procedures[0])) == ("draft", first)
    assert procedure_versions.current("trial", "plain") == version
    actions.publish_version(first, None)
    shipped["bpmn"] = WITHOUT_CHECK
    second = procedure_versions.publish_shipped(system, system.procedures[0])
    assert procedure_versions.current("trial", "plain") == second
