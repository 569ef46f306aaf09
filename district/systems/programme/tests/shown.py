"""What the browser test of all pages looks at beside the pages of the manifest: details with something in them."""

from __future__ import annotations

from district.kernel.cases.procedure_versions import publish_all_shipped
from district.kernel.clock import today
from district.systems.programme import seed
from district.systems.programme.indicators import seed as indicators
from district.systems.programme.meetings import seed as meetings
from district.systems.programme.models import (
    AcceptanceRun,
    Article,
    BudgetLine,
    Contract,
    Decision,
    Draw,
    Expert,
    Firm,
    Meeting,
    MonthlyReport,
    Payment,
    PaymentTerm,
    PlanTask,
    ProcessingActivity,
    Procurement,
    Project,
    PublicityPlan,
    SecurityDrill,
    SecurityRisk,
    Sitting,
    Subsidy,
    Talent,
)
from district.systems.programme.money.seed import seed_money
from district.systems.programme.operation.seed import seed_operation
from district.systems.programme.projects import seed as projects
from district.systems.programme.projects.seed import Cast
from district.systems.programme.publicity.seed import seed_publicity
from district.systems.programme.security import seed as security
from district.systems.programme.tasks import seed as tasks
from district.systems.programme.tasks.plan import clauses, take_plan
from district.systems.programme.training.seed import seed_training
from district.testing.people import account, organisation


def prepare() -> dict[str, str]:
    """The demonstration; address → the role that looks at it ("" the public). Each sub-feature adds its own below."""
    district = organisation("zhoucun", kind="district")
    for each in clauses():
        organisation(each.lead, parent=district)
    organisation("wangcun", parent=district, kind="town", division_code="370306104")
    take_plan()
    seed.seed()
    found: dict[str, str] = {}
    found |= _projects()
    found |= _indicators()
    found |= _money()
    found |= _people_and_publicity()
    found |= _tasks()
    found |= _meetings()
    found |= _security()
    return found


def _meetings() -> dict[str, str]:
    """A meeting ahead, one whose decisions run, an answer, a letter to be written, a unit's score."""
    district, unit = organisation("zhoucun"), PlanTask.objects.get(system="transit").lead
    office, leader = account("programme.office", unit=district), account("programme.leader", unit=district)
    meetings.show(meetings.Cast(office, account("programme.liaison", unit=unit, scope="own"), leader))
    root = "/programme"
    seen = [f"{root}/meetings/{each.pk}/" for each in Meeting.objects.all()]
    answered = Decision.objects.filter(case__closed_at__isnull=False).first()
    seen += [f"{root}/meetings/new", f"{root}/decisions/answers/{answered.case.number}/", f"{root}/letters/new"]
    score = f"{root}/appraisal/{today().year - 1}/units/{unit.code}/"
    return dict.fromkeys(seen, "programme.office") | {score: "programme.liaison"}


def _projects() -> dict[str, str]:
    """Projects at each turn of the way, a review, a purchase, a run, a draw, an expert's invitation."""
    office, expert = account("programme.office"), account("programme.expert", scope="own")
    owner, finance, liaison = (account(f"programme.{post}") for post in ("owner", "finance", "liaison"))
    projects.seed_projects(Cast(owner, office, finance, liaison, expert))
    root = "/programme"
    seen = [f"{root}/projects/{each.number}/" for each in Project.objects.all()]
    run, draw = AcceptanceRun.objects.first(), Draw.objects.first()
    seen += [
        f"{root}/reviews/{draw.review.number}/", f"{root}/projects/purchases/{Procurement.objects.first().number}/",
        f"{root}/projects/runs/{run.key}/", f"{root}/projects/new",
        f"{root}/experts/{Expert.objects.first().pk}/", f"{root}/firms/{Firm.objects.first().pk}/",
    ]  # fmt: skip
    return dict.fromkeys(seen, "programme.office") | {f"{root}/draws/{draw.number}/": ""}


def _indicators() -> dict[str, str]:
    """An indicator that is measured with its SQL, an item with an entry to confirm, snapshots and two of them compared."""
    liaison, office = account("programme.liaison"), account("programme.office")
    indicators.make(liaison, office)
    indicators.actions.take_snapshot("演示：第二次", office, is_simulated=True)
    indicators.actions.recompute_figure("transit", "forecast_rate", office)
    return {
        "/programme/indicators/plan/bus_forecast/": "programme.leader",
        "/programme/indicators/evaluation/?set=province": "programme.leader",
        "/programme/indicators/evaluation/gb2016/L7P1-A1/": "programme.office",
        "/programme/indicators/snapshots/1/": "programme.auditor",
        "/programme/indicators/snapshots/compare?before=1&after=2": "programme.auditor",
    }


def _money() -> dict[str, str]:
    """A line, a contract with terms, payments in each state, interest support, a loan, a year's end, a project in the open."""
    unit = organisation("transport", kind="department")
    for post in ("owner", "office", "finance", "treasurer"):
        account(f"programme.{post}", unit=unit, is_demo=True)
    seed_money()
    root = "/programme"
    seen = [f"{root}/payments/{each.number}/" for each in Payment.objects.order_by("state", "pk").distinct("state")]
    terms, support = PaymentTerm.objects.order_by("pk").first(), Subsidy.objects.filter(kind="interest").first()
    seen += [
        f"{root}/money/lines/{BudgetLine.objects.order_by('pk').first().pk}/", f"{root}/contracts/{terms.contract_id}/",
        f"{root}/subsidies/{support.pk}/", f"{root}/loans/{support.loan_id}/",
        f"{root}/money/years/{today().year}/", f"{root}/money/new",
    ]  # fmt: skip
    asked = (f"{root}/contracts/new", f"{root}/subsidies/new")
    public = f"{root}/open/projects/{terms.contract.project.number}/"
    return dict.fromkeys(seen, "programme.finance") | dict.fromkeys(asked, "programme.office") | {public: ""}


def _people_and_publicity() -> dict[str, str]:
    """A course, an exam, a paper being written, a result; a talent; a plan, an article; a contract and its statement."""
    enterprise = organisation("demo_enterprise", kind="enterprise")
    roles = ("trainer", "office", "publicist", "liaison", "security", "finance", "auditor", "owner")
    cast = {role: account(f"programme.{role}") for role in roles}
    cast["company"] = account("programme.company", unit=enterprise, scope="own")
    publish_all_shipped()
    for seed_room in (seed_training, seed_publicity, seed_operation):
        seed_room(cast)
    learner = Sitting.objects.filter(is_simulated=True, is_passed=True).order_by("pk").first()
    exam, talent, plan = learner.exam, Talent.objects.order_by("pk").first(), PublicityPlan.objects.order_by("pk").first()
    article = Article.objects.filter(state="published").order_by("pk").first()
    contract = Contract.objects.filter(kind="operation", statements__isnull=False).order_by("pk").first()
    public = (f"/programme/news/{article.pk}/",
              f"/programme/certificates/?number={learner.certificate.number}&code={learner.certificate.code}")  # fmt: skip
    office = "/programme/training-office"
    trainer = (f"{office}/questions/", f"{office}/questions/new", f"{office}/results/", f"{office}/results/{learner.pk}/",
               f"{office}/courses/{exam.course_id}/", f"{office}/exams/{exam.pk}/",
               f"/programme/training/courses/{exam.course_id}/",
               f"/programme/training/exams/{exam.pk}/", f"/programme/talents/{talent.pk}/", "/programme/talents/new")  # fmt: skip
    kept = (f"/programme/publicity/plan/{plan.pk}/", f"/programme/publicity/article/{article.pk}/",
            f"/programme/operation/contracts/{contract.pk}/", f"/programme/operation/contracts/{contract.pk}/terms",
            f"/programme/operation/statements/{contract.statements.get().pk}/")  # fmt: skip
    return dict.fromkeys(public, "") | dict.fromkeys(trainer, "programme.trainer") | dict.fromkeys(kept, "programme.office")


def _security() -> dict[str, str]:
    """A control, the asset that is graded, a risk, a drill and its incident, a supplier's access, a processing activity."""
    for code in ("bigdata", "transport"):
        organisation(code)
    publish_all_shipped()
    if not SecurityRisk.objects.exists():  # where there are demo accounts the seed has made it
        security.make(account("programme.security"), account("programme.office"))
    root, drill = "/programme", SecurityDrill.objects.get()
    seen = [
        f"{root}/security-controls/8.1.4.1a/", f"{root}/security-assets/platform/", f"{root}/security-drills/",
        f"{root}/security-risks/{SecurityRisk.objects.all()[0].pk}/", f"{root}/security-drills/{drill.pk}/",
        f"{root}/security-incidents/{drill.incident_id}/", f"{root}/staff-changes/orphans/",
        f"{root}/personal-data/{ProcessingActivity.objects.all()[0].pk}/",
    ]  # fmt: skip
    return dict.fromkeys(seen, "programme.security")


def _tasks() -> dict[str, str]:
    """A task with everything, one that is done; reports to write and to read."""
    office, lead = account("programme.office"), organisation("transport")
    publish_all_shipped()
    tasks.seed_tasks(office, account("programme.liaison", unit=lead, scope="own"))
    seen = ["/programme/tasks/11/", "/programme/tasks/2/", "/programme/gantt/?open=all&span=all", "/programme/tasks/waiting/"]
    seen += [f"/programme/reports/{each.pk}/" for each in MonthlyReport.objects.order_by("state")[:2]]
    return dict.fromkeys(seen, "programme.office")
