"""The rooms of the tasks: what each shows, and what a form of theirs does."""

from __future__ import annotations

import pytest
from django.test import Client

from district.kernel.people.models import Account
from district.kernel.people.seed import seed_organisations
from district.kernel.places.seed import seed_divisions
from district.testing.people import account, organisation

from ...models import Briefing, Deliverable, Milestone, MonthlyReport, PlanTask
from .. import actions
from ..plan import take_plan
from ..queries import delays
from ..seed import seed_tasks
from .people import Cast, day

pytestmark = pytest.mark.django_db
ROOT = "/programme"


def seen_by(who: Account, address: str, status: int = 200) -> str:
    client = Client()
    client.force_login(who)
    answer = client.get(ROOT + address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_the_demonstration_stands_in_every_room_and_is_marked():
    seed_divisions()
    seed_organisations()
    take_plan()
    office = account("programme.office", unit=organisation("bigdata"))
    liaison = account("programme.liaison", unit=organisation("transport"), scope="own")
    seed_tasks(office, liaison)
    count = Milestone.objects.count()
    seed_tasks(office, liaison)
    assert Milestone.objects.count() == count > 80
    assert PlanTask.objects.exclude(done_on=None).count() == 2
    text = seen_by(office, "/")
    assert all(words in text for words in ("严重滞后", "需要关注", "正常", "模拟", "21 "))
    assert "经批准调整" in seen_by(office, "/tasks/11/")
    assert "演示：电子站牌扩容" in seen_by(office, "/gantt/?open=11&span=all")
    assert "<rect" in seen_by(office, "/gantt/")
    late = {each.unit.kind: each.unit.name for each in delays()}
    assert {"town", "department"} <= set(late)
    text = seen_by(office, "/delays/")
    assert all(name in text for name in late.values())
    assert "已通过" in seen_by(liaison, "/reports/")
    assert Briefing.objects.get().facts["is_simulated"]
    assert "文稿" in seen_by(office, "/briefings/")
    rows = seen_by(office, "/?_table=tasks&_export=csv")
    assert rows


def test_a_lead_reads_its_light_but_nothing_on_the_page_sets_it(cast: Cast):
    cast.milestone("立项", -60, -40)
    text = seen_by(cast.liaison, "/tasks/11/")
    assert "“立项”已逾期 40 天" in text
    assert "设定里程碑" not in text
    assert "设定里程碑" in seen_by(cast.office, "/tasks/11/")
    assert "提交成果" not in seen_by(cast.auditor, "/tasks/11/")


def test_a_deliverable_goes_from_the_form_to_the_check(cast: Cast):
    row = cast.milestone().deliverables.get()
    client = Client()
    client.force_login(cast.liaison)
    empty = client.post(f"{ROOT}/tasks/11/acts/hand_in", {"hand_in-deliverable": row.pk})
    assert "请上传文件，或说明成果在何处可查" in empty.content.decode()
    client.post(f"{ROOT}/tasks/11/acts/hand_in", {"hand_in-deliverable": row.pk, "hand_in-note": "见档案"})
    assert client.post(f"{ROOT}/tasks/11/acts/check", {"number": row.pk, "answer": "yes"}).status_code == 302
    assert Deliverable.objects.get(pk=row.pk).state == "handed_in", "the liaison cannot check it"
    client.force_login(cast.office)
    client.post(f"{ROOT}/tasks/11/acts/check", {"number": row.pk, "answer": "yes"})
    assert Deliverable.objects.get(pk=row.pk).state == "accepted"


def test_the_office_sets_milestones_and_links_and_a_circle_is_told(cast: Cast):
    one = cast.milestone("甲")
    client = Client()
    client.force_login(cast.office)
    given = {"title": "乙", "begins_on": day(1), "due_on": day(9), "weight": 2, "units": [cast.town.pk], "deliverable": "接入表"}
    client.post(f"{ROOT}/tasks/11/acts/add_milestone", {f"add_milestone-{key}": value for key, value in given.items()})
    two = Milestone.objects.get(title="乙")
    assert two.deliverables.get().unit == cast.town
    client.post(f"{ROOT}/tasks/11/acts/link", {"link-before": one.pk, "link-after": two.pk, "link-lag_days": 0})
    told = client.post(f"{ROOT}/tasks/11/acts/link", {"link-before": two.pk, "link-after": one.pk, "link-lag_days": 0})
    assert "依赖会形成循环" in told.content.decode()
    client.post(f"{ROOT}/tasks/11/acts/unlink", {"number": two.links_in.get().pk})
    assert not two.links_in.exists()
    client.post(f"{ROOT}/tasks/11/acts/drop", {"drop-milestone": two.pk, "drop-reason": "设错了"})
    assert list(cast.task.milestones.all()) == [one]
    assert client.post(f"{ROOT}/tasks/11/acts/explode").status_code == 404


def test_a_risk_is_entered_reviewed_and_closed_on_the_page(cast: Cast):
    client = Client()
    client.force_login(cast.liaison)
    given = {"title": "终端缺货", "likelihood": 5, "impact": 4, "measure": "备货", "review_on": day(9)}
    client.post(f"{ROOT}/tasks/11/acts/add_risk", {f"add_risk-{key}": value for key, value in given.items()})
    risk = cast.task.risks.get()
    assert "高 5×4" in seen_by(cast.auditor, "/tasks/11/")
    given = {"risk": risk.pk, "likelihood": 1, "impact": 4, "measure": "已备货", "review_on": day(60)}
    client.post(f"{ROOT}/tasks/11/acts/review_risk", {f"review_risk-{key}": value for key, value in given.items()})
    assert "低 1×4" in seen_by(cast.auditor, "/tasks/11/")
    client.post(f"{ROOT}/tasks/11/acts/close_risk", {"close_risk-risk": risk.pk, "close_risk-outcome": "到货"})
    assert "已关闭" in seen_by(cast.auditor, "/tasks/11/")


def test_a_liaison_sees_the_reports_of_the_own_units_only(cast: Cast):
    MonthlyReport.objects.create(task=cast.task, month="2026-10-01", due_on="2026-10-30")
    assert "工作11" in seen_by(cast.liaison, "/reports/")
    assert "工作11" not in seen_by(cast.town_liaison, "/reports/")
    number = MonthlyReport.objects.get().pk
    seen_by(cast.town_liaison, f"/reports/{number}/", 404)
    assert "工作11" in seen_by(cast.auditor, "/reports/")
    client = Client()
    client.force_login(cast.auditor)
    assert client.post(f"{ROOT}/reports/{number}/decide", {"answer": "yes"}).status_code == 403
    assert client.post(f"{ROOT}/briefings/make", {"month": "2026-10"}).status_code == 403


def test_what_is_handed_in_and_what_is_asked_wait_on_one_list_until_they_are_decided(cast: Cast):
    due = cast.milestone("平台上线")
    given = due.deliverables.get()
    actions.hand_in(given, cast.liaison, note="见档案 7 号")
    change = actions.ask_change(cast.milestone("试运行", -10, 40), day(60), "设备晚到", cast.liaison)
    text = seen_by(cast.office, "/tasks/waiting/")
    assert all(words in text for words in ("见档案 7 号", "设备晚到", f"/tasks/11/#deliverable-{given.pk}", "共 2 项"))
    assert "待办核验（2）" in seen_by(cast.office, "/")
    assert "待办核验" not in seen_by(cast.liaison, "/")
    seen_by(cast.liaison, "/tasks/waiting/", 403)
    seen_by(cast.auditor, "/tasks/waiting/")
    actions.check(given, cast.office, True)
    actions.decide_change(change, cast.office, True, "同意")
    assert "没有等待办理的事项" in seen_by(cast.office, "/tasks/waiting/")
