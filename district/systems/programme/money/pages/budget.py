"""资金执行: the budget of a year, how it is being used, whether it will hold; its lines, and how a year is closed."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.access import may
from district.kernel.ui.chart import Bar, Line, Pie, Trace
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import BudgetChange, BudgetLine, FundYear, Payment, Posting, Source
from .. import queries
from ..actions import ask_change, ask_close, ask_line, close_year, decide_change, decide_line, open_year
from ..amounts import in_wan, yuan
from ..execution import Use, forecast_fen, warnings, year_percent
from ..ledger import use_by_line
from .acts import Act, respond
from .forms import ChangeForm, LineForm
from .show import DECIDED_BADGES, PAYMENT_BADGES, listing, payment_link, record, steps_of, undertaking_name

COLOURS = {"yellow": "warning", "red": "danger"}


def money(request: HttpRequest) -> HttpResponseBase:
    """A year's lines in the reader's scope, together and one by one."""
    year = _year(request)
    lines = queries.lines_visible_to(request.user).filter(year__year=year)
    used = use_by_line(lines)
    rows = [_row(line, used.get(line.pk, Use()), year) for line in lines.order_by("code")]
    total = sum(used.values(), Use())
    table = Table(
        "lines",
        title=_("预算指标"),
        source=rows,
        order="code",
        empty=_("这一年度还没有预算指标"),
        columns=[
            Column(
                "code",
                _("指标编号"),
                filter="text",
                link=lambda row: reverse("programme:budget_line", args=[row["pk"]]),
            ),
            Column("title", _("指标名称"), filter="text"),
            Column("source", _("资金来源"), filter="choice", choices=dict(Source.choices)),
            Column("unit", _("使用单位"), filter="text"),
            Column(
                "state",
                _("状态"),
                filter="choice",
                choices=dict(BudgetLine._meta.get_field("state").choices or ()),
                badge=DECIDED_BADGES,
            ),
            Column("granted", _("批复"), format=yuan, align="end"),
            Column("available", _("可用"), format=yuan, align="end"),
            Column("held", _("预占"), format=yuan, align="end"),
            Column("bound", _("合同占用"), format=yuan, align="end"),
            Column("payable", _("待支付"), format=yuan, align="end"),
            Column("spent", _("已支出"), format=yuan, align="end"),
            Column("percent", _("支出进度"), format=1, unit="%"),
            Column("warning", _("预警"), filter="text"),
        ],
    )
    figures = [
        (_("批复预算"), yuan(total.granted), ""),
        (_("可用指标"), yuan(total.available), ""),
        (_("合同占用"), yuan(total.held + total.bound), reverse("programme:contracts")),
        (_("待支付"), yuan(total.payable), reverse("programme:payments") + "?payments-state=approved"),
        (_("已支出"), yuan(total.spent), reverse("programme:payments") + "?payments-state=paid"),
        (_("支出进度"), "—" if total.spent_percent is None else f"{total.spent_percent:.1f}%", ""),
    ]
    return listing(
        request,
        [table],
        figures=figures,
        charts=_charts(lines, used, total, year),
        links=_links(request, year),
        alerts=_alerts(request, rows, total, year),
        lead=_("%(year)s 年度，按日计已过 %(part).1f%%")
        % {"year": year, "part": year_percent(year, today())},
    )


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else today().year


def _row(line: BudgetLine, use: Use, year: int) -> dict[str, Any]:
    words = queries.warning_words()
    said = [words[code] for code, _light in warnings(use, year, today())] if line.state == "approved" else []
    return {
        "pk": line.pk,
        "code": line.code,
        "title": line.title,
        "source": line.source,
        "unit": line.unit.name,
        "state": line.state,
        "granted": use.granted,
        "available": use.available,
        "held": use.held,
        "bound": use.bound,
        "payable": use.payable,
        "spent": use.spent,
        "percent": use.spent_percent,
        "warning": "；".join(said),
        "is_simulated": line.is_simulated,
    }


def _links(request: HttpRequest, year: int) -> list[tuple[Any, str]]:
    here = reverse("programme:money")
    found = [
        (f"{each}", f"{here}?year={each}")
        for each in FundYear.objects.values_list("year", flat=True)[:4]
        if each != year
    ]
    if may(request.user, "programme.finance", "programme.office"):
        found.append((_("新增指标"), reverse("programme:new_budget_line")))
    if may(request.user, "programme.finance", "programme.treasurer"):
        found.append((_("年度结转"), reverse("programme:money_year", args=[year])))
    return found


def _alerts(
    request: HttpRequest, rows: list[dict[str, Any]], total: Use, year: int
) -> list[tuple[str, Any, str]]:
    found: list[tuple[str, Any, str]] = []
    late = queries.late_payments(_now(), queries.payments_visible_to(request.user))
    if late:
        found.append(
            ("danger", _("%(n)s 笔支付申请超过办理时限") % {"n": len(late)}, reverse("programme:payments"))
        )
    for project, over in queries.overrunning(
        queries.contracts_visible_to(request.user).filter(state__in=("asked", "approved", "ended"))
    )[:5]:
        words = _("%(project)s 合同总额超出估算投资 %(over)s") % {
            "project": project.title,
            "over": yuan(over),
        }
        found.append(
            ("danger", words, reverse("programme:contracts") + f"?contracts-project.title={project.title}")
        )
    for code, words in queries.warning_words().items():
        count = sum(words in row["warning"] for row in rows)
        if count:
            said = _("%(what)s：%(n)s 条指标") % {"what": words, "n": count}
            colour = "danger" if code == "over" else "warning"
            found.append((colour, said, f"{reverse('programme:money')}?year={year}&lines-warning={words}"))
    forecast = forecast_fen(total, year, today())
    if forecast is not None and total.granted and forecast > total.granted:
        found.append(
            ("warning", _("按目前进度，年底将支出 %(fen)s，超过批复预算") % {"fen": yuan(forecast)}, "")
        )
    return found


def _now() -> Any:
    from district.kernel.clock import now

    return now()


def _charts(lines: Any, used: dict[int, Use], total: Use, year: int) -> list[Any]:
    named = [(line.title, used[line.pk]) for line in lines.order_by("code") if line.pk in used]
    parts = [
        (_("已支出"), "spent"),
        (_("待支付"), "payable"),
        (_("合同占用"), "bound"),
        (_("预占"), "held"),
        (_("可用"), "available"),
    ]
    months = [date(year, month, 1) for month in range(1, 13)]
    paid = queries.paid_by_month(lines)
    through = [each for each in months if each <= today()]
    summed = list(accumulate(paid.get(each, 0) for each in through))
    even = [in_wan(total.granted * month / 12) for month in range(1, 13)]
    return [
        Bar(
            title=_("各指标执行情况"),
            unit=_("万元"),
            decimals=2,
            x=[name for name, _use in named],
            horizontal=True,
            stacked=True,
            traces=[Trace(name, [in_wan(getattr(use, key)) for _name, use in named]) for name, key in parts],
        ),
        Line(
            title=_("累计支出与时间进度"),
            unit=_("万元"),
            decimals=2,
            x=[_("%(n)s月") % {"n": month.month} for month in months],
            traces=[
                Trace(_("累计支出"), [in_wan(fen) for fen in summed] + [None] * (12 - len(summed))),
                Trace(_("时间进度"), even, dashed=True),
            ],
        ),
        Pie(
            title=_("资金来源"),
            unit=_("万元"),
            decimals=2,
            parts={
                dict(Source.choices)[source]: in_wan(use.granted)
                for source, use in queries.use_by_source(lines).items()
            },
        ),
        Bar(
            title=_("国库存款（按来源）"),
            unit=_("万元"),
            decimals=2,
            x=[dict(Source.choices)[each] for each in queries.treasury()],
            traces=[Trace(_("余额"), [in_wan(fen) for fen in queries.treasury().values()])],
        ),
    ]


@part(of="money", path="money/new", methods=("GET", "POST"), roles=("finance", "office"))
def new_budget_line(request: HttpRequest) -> HttpResponseBase:
    def do(fields: dict[str, Any]) -> str:
        line = ask_line(
            account=request.user, **{name: value for name, value in fields.items() if name != "act"}
        )
        return _("已提交 %(code)s，等待另一人审批") % {"code": line.code}

    act = Act("line", _("新增预算指标"), do, LineForm, columns=2, submit=_("提交审批"))
    answer, shown = respond(request, [act], reverse("programme:money"))
    return answer or record(request, _("新增预算指标"), (), shown=shown)


@part(of="money", path="money/lines/<int:pk>/", methods=("GET", "POST"))
def budget_line(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A line: where its money stands, what binds it, what was paid, every posting."""
    line = get_object_or_404(
        queries.lines_visible_to(request.user).select_related("asked_by", "decided_by"), pk=pk
    )
    here = reverse("programme:budget_line", args=[pk])
    answer, shown = respond(request, _line_acts(request, line), here)
    if answer is not None:
        return answer
    use = use_by_line(BudgetLine.objects.filter(pk=pk)).get(pk, Use())
    facts = [
        (_("年度"), line.year, ""),
        (_("资金来源"), line.get_source_display(), ""),
        (_("使用单位"), line.unit.name, ""),
        (_("项目"), line.project or "", ""),
        (_("批复依据"), line.basis, ""),
        (_("原批复"), yuan(line.amount_fen), ""),
        (_("现批复"), yuan(use.granted), ""),
        (_("可用"), yuan(use.available), ""),
        (_("预占"), yuan(use.held), ""),
        (_("合同占用"), yuan(use.bound), ""),
        (_("待支付"), yuan(use.payable), ""),
        (_("已支出"), yuan(use.spent), ""),
        (_("收回 / 结转下年"), f"{yuan(line.lapsed_fen)} / {yuan(line.carried_fen)}", ""),
    ]
    parts = {
        _("已支出"): use.spent,
        _("待支付"): use.payable,
        _("合同占用"): use.bound,
        _("预占"): use.held,
        _("可用"): use.available,
    }
    chart = Pie(
        title=_("资金去向"),
        unit=_("万元"),
        decimals=2,
        parts={name: in_wan(fen) for name, fen in parts.items() if fen},
    )
    return record(
        request,
        str(line),
        facts,
        shown=shown,
        charts=[chart],
        tables=_line_tables(line),
        steps=steps_of(line),
        badge=(DECIDED_BADGES[line.state], line.get_state_display()),
        is_simulated=line.is_simulated,
        crumbs=[(_("资金执行"), reverse("programme:money") + f"?year={line.year}")],
    )


def _line_acts(request: HttpRequest, line: BudgetLine) -> list[Act]:
    acts = []
    if may(request.user, "programme.finance") and line.state == "asked":
        acts += [
            Act("approve", _("批准指标"), lambda fields: _done(decide_line(line, True, request.user))),
            Act(
                "refuse",
                _("驳回指标"),
                lambda fields: _done(decide_line(line, False, request.user)),
                is_danger=True,
            ),
        ]
    if line.state == "approved" and not line.year.is_closed:
        if may(request.user, "programme.finance"):
            acts += [
                act for change in line.changes.filter(state="asked") for act in _change_acts(request, change)
            ]
        if may(request.user, "programme.finance", "programme.office"):
            acts.append(
                Act(
                    "change",
                    _("申请调整指标"),
                    lambda fields: _done(
                        ask_change(line, fields["amount_fen"], fields["reason"], request.user)
                    ),
                    ChangeForm,
                    submit=_("提交审批"),
                )
            )
    return acts


def _change_acts(request: HttpRequest, change: BudgetChange) -> list[Act]:
    words = {"fen": yuan(change.amount_fen), "why": change.reason}
    return [
        Act(
            f"approve-{change.pk}",
            _("批准调整 %(fen)s（%(why)s）") % words,
            lambda fields: _done(decide_change(change, True, request.user)),
            submit=_("批准"),
        ),
        Act(
            f"refuse-{change.pk}",
            _("驳回调整 %(fen)s（%(why)s）") % words,
            lambda fields: _done(decide_change(change, False, request.user)),
            submit=_("驳回"),
            is_danger=True,
        ),
    ]


def _done(_thing: object) -> str:
    return _("已办理")


def _line_tables(line: BudgetLine) -> list[Table]:
    paid = Payment.objects.filter(commitment__line=line).select_related(
        "commitment__contract", "commitment__subsidy", "commitment__line"
    )
    postings = Posting.objects.filter(lines__account__line=line).select_related("account").distinct()
    return [
        Table(
            "commitments",
            title=_("占用"),
            order="pk",
            empty=_("还没有合同或补贴占用"),
            source=line.commitments.select_related("contract", "subsidy"),
            columns=[
                Column(
                    "contract.title",
                    _("合同"),
                    link=lambda row: (
                        row.contract_id and reverse("programme:contract", args=[row.contract_id])
                    ),
                ),
                Column(
                    "subsidy.title",
                    _("补贴"),
                    link=lambda row: row.subsidy_id and reverse("programme:subsidy", args=[row.subsidy_id]),
                ),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column(
                    "state",
                    _("状态"),
                    filter="choice",
                    choices={"held": _("预占"), "bound": _("占用"), "released": _("已释放")},
                ),
                Column("carried_fen", _("结转下年"), format=yuan, align="end"),
            ],
        ),
        Table(
            "payments",
            title=_("支付申请"),
            order="-pk",
            empty=_("还没有支付申请"),
            source=paid,
            columns=[
                Column("number", _("申请编号"), link=payment_link),
                Column("reason", _("支付事由"), filter="text"),
                Column("commitment.pk", _("合同或补贴"), value=undertaking_name),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column(
                    "state",
                    _("状态"),
                    filter="choice",
                    choices=dict(Payment.State.choices),
                    badge=PAYMENT_BADGES,
                ),
            ],
        ),
        Table(
            "postings",
            title=_("凭证"),
            order="-pk",
            empty=_("还没有凭证"),
            source=postings,
            columns=[
                Column("key", _("凭证号")),
                Column("at", _("记账时间"), format="second"),
                Column("note", _("摘要")),
                Column("account.name", _("经手人")),
            ],
        ),
    ]


@part(
    of="money",
    path="money/years/<int:year>/",
    methods=("GET", "POST"),
    roles=("finance", "treasurer", "auditor"),
)
def money_year(request: HttpRequest, year: int) -> HttpResponseBase:
    """A year's end: asked for by finance, confirmed by another; what it would do stands here first."""
    if not 2020 <= year <= 2100:
        return redirect("programme:money")
    held = FundYear.objects.select_related("close_asked_by", "closed_by").filter(
        year=year
    ).first() or open_year(year)
    lines = BudgetLine.objects.filter(year=held, state="approved")
    total = queries.use_of(lines)
    acts = []
    if not held.is_closed and may(request.user, "programme.finance"):
        acts.append(Act("ask", _("申请结转"), lambda fields: _done(ask_close(held, request.user))))
    if (
        not held.is_closed
        and held.close_asked_by_id
        and may(request.user, "programme.finance", "programme.treasurer")
    ):
        acts.append(
            Act("close", _("确认结转"), lambda fields: _done(close_year(held, request.user)), is_danger=True)
        )
    answer, shown = respond(request, acts, reverse("programme:money_year", args=[year]))
    facts = [
        (_("批复预算"), yuan(total.granted), ""),
        (_("已支出"), yuan(total.spent), ""),
        (_("将收回"), yuan(total.available), ""),
        (_("将随合同结转下年"), yuan(total.bound), ""),
        (_("须先办完：预占"), yuan(total.held), ""),
        (_("须先办完：待支付"), yuan(total.payable), ""),
    ]
    steps = [
        (_("申请结转"), held.close_asked_by, held.close_asked_by and (held.closed_at or _now())),
        (_("确认结转"), held.closed_by, held.closed_at),
    ]
    badge = ("secondary", _("已结转")) if held.is_closed else ("green", _("执行中"))
    return answer or record(
        request,
        _("%(year)s 年度结转") % {"year": year},
        facts,
        shown=shown,
        badge=badge,
        steps=steps if held.is_closed else [],
        crumbs=[(_("资金执行"), reverse("programme:money"))],
    )
