"""The demonstration's projects: one at each turn of the way, made by the same acts as real ones, at days that lie back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO

from district.kernel import registry
from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import CHINA, now, stopped_at, today
from district.kernel.files.actions import keep
from district.kernel.files.models import StoredFile
from district.kernel.kpis.measuring import all_kpis
from district.kernel.people.credit_codes import credit_check, organisation_check
from district.kernel.people.models import Account, Duty, Organisation

from ..demo_steps import approved_contract
from ..models import Contract, Draw, Expert, Firm, Invitation, Opinion, PlanTask, Procurement, Project, Review
from . import actions, buying
from .draw import sealed
from .opinions import CRITERIA, Said
from .rules import report_due

DATA, SAFETY, SOFTWARE, TRAFFIC = "数据治理", "信息安全", "软件工程", "智能交通"
FIRMS = (
    ("演示科技有限公司", ("supplier",)),
    ("演示信息股份有限公司", ("supplier",)),
    ("演示智联有限公司", ("supplier",)),
    ("演示监理有限公司", ("supervisor",)),
    ("演示检测中心", ("tester", "supervisor")),
    ("演示评估咨询中心", ("evaluator", "assessor")),
    ("演示科技监理分公司", ("supervisor", "tester")),
)
EXPERTS = (
    ("演示专家甲", (DATA,), "高级工程师"),
    ("演示专家乙", (SAFETY,), "教授"),
    ("演示专家丙", (SAFETY, SOFTWARE), "研究员"),
    ("演示专家丁", (SOFTWARE,), "高级工程师"),
    ("演示专家戊", (SOFTWARE, TRAFFIC), "副教授"),
    ("演示专家己", (TRAFFIC,), "高级工程师"),
    ("演示专家庚", (SAFETY, TRAFFIC), "正高级工程师"),
    ("演示专家辛", (SOFTWARE,), "高级工程师"),
)
WANTED = ((DATA, 1), (SAFETY, 1), (SOFTWARE, 1))


@dataclass(frozen=True)
class Cast:
    """Who acts. `expert` is the account of the first expert of the list."""

    owner: Account
    office: Account
    finance: Account
    liaison: Account
    expert: Account


def seed_projects(cast: Cast | None = None) -> None:
    """Needs the tasks and the published procedures; without the demonstration's accounts there is nothing to show."""
    cast = cast or _demo_cast()
    if cast is None or Project.objects.filter(is_simulated=True).exists():
        return
    firms, _experts = make_firms(), make_experts(cast)
    on = today()
    to_proposal(cast, "政务数据共享安全监测", on + timedelta(days=200), days_ago=5)
    to_invited(cast, "城市运行指标平台", on + timedelta(days=150), days_ago=30)
    to_delivery(cast, "公交站牌改造工程", on + timedelta(days=60), firms, days_ago=190)
    to_accepted(cast, "公交信息实时预报系统", on - timedelta(days=20), firms, days_ago=420)


def _demo_cast() -> Cast | None:
    names = ("owner", "office", "finance", "liaison", "expert")
    found = {
        each.username: each
        for each in Account.objects.filter(username__in=[f"programme.{name}" for name in names], is_demo=True)
    }
    return Cast(**{name: found[f"programme.{name}"] for name in names}) if len(found) == len(names) else None


def make_firms() -> list[Firm]:
    """Those of the demonstration, with credit codes whose check character is right; the last is of the first one's group."""
    made = [
        Firm.objects.get_or_create(
            uscc=credit_code(number), defaults={"name": name, "trades": list(trades), "is_simulated": True}
        )[0]
        for number, (name, trades) in enumerate(FIRMS, 1)
    ]
    made[-1].affiliates.add(made[0])
    return made


def credit_code(number: int) -> str:
    """A 统一社会信用代码 of nobody (GB 32100-2015): its middle is the number."""
    body = f"91370306MAYAN{number:03}"
    body += organisation_check(body[8:16])
    return body + credit_check(body)


def make_experts(cast: Cast) -> list[Expert]:
    """The first signs in as the cast's expert, the others with accounts nobody can sign in with."""
    unit = Organisation.objects.filter(code="smart_city_experts").first() or cast.expert.organisation
    made = []
    for number, (name, fields, title) in enumerate(EXPERTS, 1):
        key = f"ZJ-{number:03}"
        account = cast.expert if number == 1 else _expert_account(key, name, unit)
        made.append(
            Expert.objects.get_or_create(
                number=key,
                defaults={
                    "name": name,
                    "fields": list(fields),
                    "title": title,
                    "employer": "演示高校",
                    "account": account,
                    "appointed_on": today() - timedelta(days=700),
                    "until_on": today() + timedelta(days=395),
                    "is_simulated": True,
                },
            )[0]
        )
    return made


def _expert_account(key: str, name: str, unit: Organisation | None) -> Account:
    found = Account.objects.filter(username=key).first()
    if found is None:
        found = Account(username=key, name=name, organisation=unit, is_demo=True)
        found.set_unusable_password()
        found.save()
        Duty.objects.create(
            account=found, role="programme.expert", organisation=unit, scope="own", reason="演示"
        )
    return found


class _Days:
    """The acts of a demonstration project, each on a day that lies back; never later than now."""

    def __init__(self, days_ago: int) -> None:
        self.day = today() - timedelta(days=days_ago)

    def later(self, days: int) -> date:
        self.day = min(self.day + timedelta(days=days), today())
        return self.day

    @property
    def moment(self) -> datetime:
        return min(datetime.combine(self.day, time(10), CHINA), now())


def _paper(project: Project, cast: Cast, kind: str, title: str) -> None:
    paper = actions.add_paper(project, cast.owner, kind, title, words="演示材料，存于项目档案")
    actions.decide_paper(paper, cast.office, True)


def _through(project: Project, cast: Cast) -> None:
    actions.decide_passage(actions.ask_passage(project, cast.owner), cast.office, True)
    project.refresh_from_db()


def to_proposal(cast: Cast, title: str, due_on: date, *, days_ago: int) -> Project:
    """Proposed, with one paper that waits to be confirmed."""
    unit = Organisation.objects.filter(code="transport").first() or cast.owner.organisation
    with stopped_at(_Days(days_ago).moment):
        project = actions.propose(
            cast.owner,
            title=title,
            owner=unit,
            purpose="演示：按方案建设，以平台测算的指标和验收清单证明成效。",
            estimate_fen=680_000_000,
            due_on=due_on,
            tasks=list(PlanTask.objects.filter(system="transit")),
            is_simulated=True,
        )
        for system, kpi in all_kpis():
            if system.name in ("transit", "environment"):
                actions.choose_effect(project, cast.owner, system.name, kpi.key)
        actions.add_paper(project, cast.owner, "proposal", "项目建议书", words="演示材料，存于项目档案")
    return project


def to_review(cast: Cast, title: str, due_on: date, firms: list[Firm], days: _Days) -> Project:
    """Through its first gate."""
    project = to_proposal(cast, title, due_on, days_ago=(today() - days.day).days)
    days.later(5)
    with stopped_at(days.moment):
        actions.decide_paper(project.papers.get(), cast.office, True)
        _paper(project, cast, "assessment", "立项评估报告")
        actions.take_part(project, cast.office, firms[5], "assessor")
        _through(project, cast)
        _paper(project, cast, "scheme", "建设方案")
    return project


def call(cast: Cast, project: Project, begins_at: datetime, due_at: datetime) -> Draw:
    witnesses = {"建设单位": cast.owner, "推进办": cast.office, "监督单位": cast.liaison}
    review = actions.call_review(
        project,
        cast.office,
        kind="scheme",
        wanted=WANTED,
        begins_at=begins_at,
        due_at=due_at,
        witnesses=witnesses,
    )
    return review.draws.get()


def draw_lots(draw: Draw) -> Review:
    """Sealed and opened by the witnesses; the demonstration's secrets follow from the number of the draw."""
    secrets = {
        share.pk: sha256(f"{draw.number} {share.name}".encode()).hexdigest() for share in draw.shares.all()
    }
    for share in draw.shares.all():
        actions.seal_share(share, share.witness, sealed(share.name, secrets[share.pk]))
    for share in draw.shares.all():
        actions.open_share(share, share.witness, secrets[share.pk])
    return Review.objects.get(pk=draw.review_id)


def say(invitation: Invitation, off: int = 2) -> Opinion:
    """Points a little below the most, and a recommendation to pass."""
    kind = invitation.review.kind
    points = {key: float(most - off) for key, _zh, _en, most in CRITERIA[kind]}
    opinion = Opinion.objects.get(invitation=invitation)
    return actions.sign_opinion(
        opinion, invitation.expert.account, Said(points, "passed", "演示：方案目标明确、技术可行，建议通过。")
    )


def to_invited(cast: Cast, title: str, due_on: date, *, days_ago: int) -> Project:
    """Experts drawn today; one declined and is followed by the next, the others have not answered."""
    days = _Days(days_ago)
    project = to_review(cast, title, due_on, make_firms(), days)
    with stopped_at(now() - timedelta(hours=2)):
        review = draw_lots(call(cast, project, now() + timedelta(days=2), now() + timedelta(days=5)))
        first = (
            review.invitations.exclude(expert__account=cast.expert).select_related("expert__account").first()
        )
        if first is not None:
            actions.answer(first, first.expert.account, "declined", "演示：会期冲突")
    return project


def to_procurement(cast: Cast, title: str, due_on: date, firms: list[Firm], days: _Days) -> Project:
    project = to_review(cast, title, due_on, firms, days)
    days.later(5)
    with stopped_at(days.moment):
        review = draw_lots(call(cast, project, now() + timedelta(hours=5), now() + timedelta(days=3)))
        for number, invitation in enumerate(review.invitations.select_related("expert__account")):
            actions.answer(invitation, invitation.expert.account, "accepted", has_no_interest=True)
            invitation.refresh_from_db()
            say(invitation, off=1 + number)
        for share in (
            ("公交出行页面可用", "page", {"address": "/transit/"}),
            ("到站预报上线", "capability", {"id": "transit.4"}),
        ):
            if share[1] != "page" or _has("transit"):
                actions.add_item(project, cast.owner, title=share[0], kind=share[1], asks=share[2])
        actions.add_item(project, cast.owner, title="现场抽查 20 处站牌", kind="manual", asks={})
        actions.agree_list(project, cast.office)
        _through(project, cast)
    return project


def _has(system: str) -> bool:
    return any(each.name == system for each in registry.systems())


def buy(cast: Cast, project: Project, firms: list[Firm], days: _Days) -> Procurement:
    """An open tender from its notice to the end of the days for objections."""
    with stopped_at(days.moment):
        purchase = actions.plan_purchase(
            project,
            cast.owner,
            title=f"{project.title}采购",
            kind="supply",
            method="open",
            ceiling_fen=650_000_000,
        )
        actions.approve_purchase(purchase, cast.finance)
        due = buying.earliest_due("open", days.day, is_working_day)
        actions.give_notice(
            purchase,
            cast.owner,
            noticed_on=days.day,
            bids_due_at=datetime.combine(due, time(9), CHINA),
            reference="演示公告",
        )
    days.later(21)
    with stopped_at(days.moment):
        actions.open_bids(purchase, cast.owner)
        received = purchase_due(purchase) - timedelta(hours=1)
        for number, firm in enumerate(firms[:3]):
            actions.register_bid(
                purchase, cast.owner, firm, (630 + 5 * number) * 1_000_000, received, points=92.0 - 3 * number
            )
        awarded = actions.award(purchase, cast.office)
    days.later((awarded.objections_until - days.day).days + 1 if awarded.objections_until else 12)
    with stopped_at(days.moment):
        return actions.settle(awarded, cast.office)


def purchase_due(purchase: Procurement) -> datetime:
    found = Procurement.objects.values_list("bids_due_at", flat=True).get(pk=purchase.pk)
    assert found is not None
    return found


def to_delivery(cast: Cast, title: str, due_on: date, firms: list[Firm], *, days_ago: int) -> Project:
    """Under way: the reports of all months but the last are taken; a change waits."""
    days = _Days(days_ago)
    project = to_procurement(cast, title, due_on, firms, days)
    _deliver(cast, project, firms, days)
    report(cast, project, until=today() - timedelta(days=45))
    with stopped_at(now() - timedelta(days=1)):
        actions.ask_change(
            project,
            cast.owner,
            title="增设 12 处站牌",
            why="演示：新增公交线路",
            supervisor_says="演示：情况属实，同意变更",
            amount_fen=18_000_000,
            days=15,
        )
    return project


def _deliver(cast: Cast, project: Project, firms: list[Firm], days: _Days) -> None:
    purchase = buy(cast, project, firms, days)
    days.later(3)
    with stopped_at(days.moment):
        make_contract(cast, project, purchase, days.day)
        actions.take_part(project, cast.office, firms[3], "supervisor")
        _through(project, cast)


def make_contract(cast: Cast, project: Project, purchase: Procurement, day: date) -> Contract:
    return approved_contract(
        number=f"HT-{project.number}",
        title=f"{project.title}建设合同",
        project=project,
        firm=purchase.winner,
        kind="supply",
        amount_fen=purchase.award_fen,
        signed_on=day,
        begins_on=day,
        ends_on=max(project.due_on, day),
        asked_by=cast.owner,
        asked_at=now(),
        decided_by=cast.finance,
        approved_at=now(),
        is_simulated=True,
    )


def report(cast: Cast, project: Project, until: date) -> None:
    """Month after month since delivery began, as far as they are due."""
    begun, number = project.stage_at.astimezone(CHINA).date().replace(day=1), 0
    month = begun
    while report_due(month) <= until:
        number += 1
        with stopped_at(datetime.combine(report_due(month) - timedelta(days=1), time(10), CHINA)):
            made = actions.give_report(
                project,
                cast.owner,
                month=month,
                percent=min(100, 18 * number),
                planned_percent=min(100, 20 * number),
                quality="演示：质量合格，进度略慢",
            )
            actions.accept_report(made, cast.office)
        month = (month + timedelta(days=32)).replace(day=1)


def to_accepted(cast: Cast, title: str, due_on: date, firms: list[Firm], *, days_ago: int) -> Project:
    """Accepted on a passed run; it may be evaluated."""
    days = _Days(days_ago)
    project = to_procurement(cast, title, due_on, firms, days)
    _deliver(cast, project, firms, days)
    days.later(150)
    report(cast, project, until=days.day)
    with stopped_at(days.moment):
        _paper(project, cast, "completion", "完工报告")
        actions.take_part(project, cast.office, firms[4], "tester")
        _through(project, cast)
    days.later(20)
    with stopped_at(days.moment):
        item = project.items.get(kind="manual")
        actions.confirm_result(
            actions.give_result(item, cast.owner, True, "演示：抽查 20 处，全部正常", _sheet(cast)),
            cast.office,
        )
        run = actions.run_list(project, cast.owner)
        _paper(project, cast, "test_report", "第三方测评报告")
        if run.is_passed:
            actions.accept(project, cast.office, str(run.key), "演示：清单全部通过，同意验收")
            _through(project, cast)
    return project


def _sheet(cast: Cast) -> StoredFile:
    upload = BytesIO("站牌,结果\n演示,正常\n".encode())
    upload.name = "抽查记录.csv"
    return keep(upload, cast.owner, "acceptance")
