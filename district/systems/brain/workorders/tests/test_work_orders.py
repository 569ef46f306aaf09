"""Quality that has fallen becomes a work order of the department, and comes back for review."""

import pytest

from district.kernel.cases.actions import complete
from district.kernel.cases.models import Case, CaseState, Task, TaskState
from district.kernel.connectors import schedule
from district.kernel.connectors.models import Kind
from district.kernel.connectors.tests.delivered import source
from district.kernel.datasets.quality.actions import add_rule
from district.kernel.datasets.tests.test_versions import deliver, resource
from district.kernel.jobs.in_line import run_waiting
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_lake(monkeypatch, tmp_path):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)


def waiting():
    task = Task.objects.get(state=TaskState.READY)
    return task.key, task.role, task.organisation.name


def test_an_order_goes_to_the_department_and_ends_with_the_review():
    organisation("data", name="区大数据局")
    firms = resource()
    officer = account("brain.provider", unit=firms.provider, scope="own")
    steward = account("brain.steward", unit=organisation("data"))
    add_rule(firms, None, kind="required", item="name")
    deliver(firms, [(1, None), (2, None)], run="run-1")
    run_waiting()
    case = Case.objects.get(procedure="data_work_order")
    assert waiting() == ("verify", "brain.provider", firms.provider.name)
    deliver(firms, [(1, "甲")], run="run-2")
    deliver(firms, [(1, None), (2, None)], run="run-3")
    run_waiting()
    assert Case.objects.filter(procedure="data_work_order").count() == 1
    complete(Task.objects.get(state=TaskState.READY), officer, {"finding": "属实"})
    complete(Task.objects.get(state=TaskState.READY), officer, {"measures": "补录"})
    assert waiting()[:2] == ("review", "brain.steward")
    complete(Task.objects.get(state=TaskState.READY), steward, {"passed": "退回整改"})
    assert waiting()[0] == "mend"
    complete(Task.objects.get(state=TaskState.READY), officer, {"measures": "再补录"})
    complete(Task.objects.get(state=TaskState.READY), steward, {"passed": "通过"})
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_a_source_that_fails_again_and_again_is_an_order_of_its_department():
    organisation("data", name="区大数据局")
    broken = source(kind=Kind.DATABASE, schedule="0 * * * *")
    for _ in range(schedule.TELL_AFTER + 2):
        schedule.note_failure(broken.pk, 7, "refused_connection", "数据库拒绝连接")
    run_waiting()
    case = Case.objects.get(procedure="data_work_order")
    assert broken.name in case.title
    assert "数据库拒绝连接" in case.text
    assert waiting() == ("verify", "brain.provider", broken.resource.provider.name)
    schedule.note_success(broken.pk)
    for _ in range(schedule.TELL_AFTER):
        schedule.note_failure(broken.pk, 8, "refused_connection", "数据库拒绝连接")
    run_waiting()
    assert Case.objects.filter(procedure="data_work_order").count() == 1, "while the order runs, it is part of it"
