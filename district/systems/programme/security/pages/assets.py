"""系统资产与风险: what there is, how it is graded and filed, what could happen to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.ui.chart import Heat
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import AssetFiling, SecurityAsset, SecurityRisk
from ..acting import acted, form_of, is_keeper, papers_of, pressed, shown, simulated, status_of
from ..assets.actions import Filed, confirm_filing, file_asset, filing_in_force, register_asset, what_is_due
from ..fields import UnitField, day_field, paper_field, words_field
from ..risks.actions import Judged, accept_risk, close_risk, judge_risk
from ..risks.matrix import level

LEVELS = {
    "low": gettext_lazy("低"),
    "middle": gettext_lazy("中"),
    "high": gettext_lazy("高"),
    "grave": gettext_lazy("特别高"),
}
LEVEL_COLOURS = {"low": "green", "middle": "yellow", "high": "orange", "grave": "red"}
DATA_LEVELS = {0: gettext_lazy("未知"), 1: "L1", 2: "L2", 3: "L3", 4: "L4"}
FIVE = [(n, n) for n in range(1, 6)]


class AssetForm(forms.Form):
    key = forms.RegexField(r"^[a-z0-9._-]{2,60}$", label=gettext_lazy("资产编号"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=SecurityAsset.Kind.choices)
    owner = UnitField(label=gettext_lazy("责任单位"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("最高数据级别"), coerce=int, choices=list(DATA_LEVELS.items())
    )
    about = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)


class FilingForm(forms.Form):
    level = forms.TypedChoiceField(label=gettext_lazy("保护等级"), coerce=int, choices=FIVE, initial=3)
    number = forms.CharField(label=gettext_lazy("备案证明编号"), max_length=40, required=False)
    filed_on = day_field(gettext_lazy("备案日期"), required=False)
    evaluated_on = day_field(gettext_lazy("等级测评日期"), required=False)
    crypto_evaluated_on = day_field(gettext_lazy("密码应用评估日期"), required=False)
    evaluator = forms.CharField(label=gettext_lazy("测评机构"), max_length=80, required=False)
    file = paper_field()


class RiskForm(forms.Form):
    threat = forms.CharField(label=gettext_lazy("威胁"), max_length=120)
    weakness = forms.CharField(label=gettext_lazy("脆弱性"), max_length=200)
    likelihood = forms.TypedChoiceField(label=gettext_lazy("可能性"), coerce=int, choices=FIVE)
    impact = forms.TypedChoiceField(label=gettext_lazy("影响"), coerce=int, choices=FIVE)
    treatment = forms.ChoiceField(label=gettext_lazy("处置方式"), choices=SecurityRisk.Treatment.choices)
    due_on = day_field(gettext_lazy("处置期限"), required=False)
    left_likelihood = forms.TypedChoiceField(label=gettext_lazy("残余可能性"), coerce=int, choices=FIVE)
    left_impact = forms.TypedChoiceField(label=gettext_lazy("残余影响"), coerce=int, choices=FIVE)
    measures = words_field(gettext_lazy("处置措施"), required=False)


class AcceptForm(forms.Form):
    until = day_field(gettext_lazy("接受至"))


def security_assets(request: HttpRequest) -> HttpResponseBase:
    back = reverse("programme:security_assets")
    form = form_of(request, "add", AssetForm)
    done = acted(
        request,
        form,
        "add",
        lambda said: register_asset(
            request.user, said["key"], said["name"], said["kind"], said["owner"], said["about"], said["level"]
        ),
        back,
    )
    assets, risks = _assets(), _risks(SecurityRisk.objects.all())
    answer = done or assets.respond(request) or risks.respond(request)
    if answer is not None:
        return answer
    live = SecurityRisk.objects.filter(closed_at=None)
    due = sum(1 for row in assets.source if row["due"])
    grave = sum(1 for risk in live if level(*_left(risk)) in ("high", "grave"))
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("资产与风险"),
            "tables": [assets, risks],
            "charts": [_matrix(live)],
            "lead": _("平台自身的系统、服务、端口和存储由平台每天自动发现；定级备案由一人登记、另一人确认。"),
            "figures": [
                Figure(_("资产"), len(assets.source)),
                Figure(_("备案测评待办"), due, colour="d-warn" if due else "d-good"),
                Figure(_("未关闭风险"), live.count()),
                Figure(_("其中高或特别高"), grave, colour="d-bad" if grave else "d-good"),
            ],
            "forms": [shown(_("登记平台之外的资产"), form, "add", _("登记"))] if is_keeper(request) else [],
        },
        status=status_of(request),
    )


def _assets() -> Table:
    rows: list[dict[str, Any]] = []
    found = SecurityAsset.objects.select_related("owner", "part_of").prefetch_related(
        "filings", "part_of__filings"
    )
    for asset in found:
        filing = _filing(asset)
        own = filing if filing and filing.asset_id == asset.pk else None
        rows.append(
            {
                "key": asset.key,
                "name": asset.name,
                "kind": asset.kind,
                "owner": asset.owner.name if asset.owner else "",
                "data_level": asset.data_level,
                "level": filing.level if filing else None,
                "number": filing.number if filing else "",
                "due": "、".join(what_is_due(filing)) if asset.part_of is None or own else "",
                "is_found": asset.is_found,
                "seen_at": asset.seen_at,
                "gone": asset.gone_at is not None,
                "is_simulated": bool(own and own.is_simulated),
            }
        )
    return Table(
        "assets",
        title=_("系统资产"),
        source=rows,
        order="",
        per_page=20,
        columns=[
            Column(
                "name",
                _("名称"),
                filter="text",
                link=lambda row: reverse("programme:security_asset", args=[row["key"]]),
            ),
            Column("kind", _("类别"), filter="choice", choices=dict(SecurityAsset.Kind.choices)),
            Column("owner", _("责任单位"), filter="text"),
            Column("data_level", _("最高数据级别"), filter="choice", choices=DATA_LEVELS),
            Column("level", _("保护等级"), format=0),
            Column("number", _("备案证明编号")),
            Column("due", _("待办"), filter="text"),
            Column(
                "is_found", _("来源"), choices={True: _("自动发现"), False: _("人工登记")}, filter="choice"
            ),
            Column("seen_at", _("最近发现"), format="moment"),
            Column("gone", _("已消失"), shown=False),
            simulated(),
        ],
    )


def _filing(asset: SecurityAsset) -> AssetFiling | None:
    """As `filing_in_force`, from what was fetched together."""
    own = [each for each in asset.filings.all() if each.confirmed_at]
    whole = [each for each in asset.part_of.filings.all() if each.confirmed_at] if asset.part_of else []
    return next(iter(own or whole), None)


def _left(risk: SecurityRisk) -> tuple[int, int]:
    return risk.left_likelihood or risk.likelihood, risk.left_impact or risk.impact


def _matrix(risks: Any) -> Heat:
    values: list[list[float | None]] = [[0.0] * 5 for _row in range(5)]
    for risk in risks:
        likelihood, impact = _left(risk)  # the gravest row on top, as a matrix of risks is read
        values[5 - impact][likelihood - 1] = (values[5 - impact][likelihood - 1] or 0) + 1
    return Heat(
        title=_("残余风险矩阵（未关闭）"),
        x=[1, 2, 3, 4, 5],
        y=[5, 4, 3, 2, 1],
        values=values,
        decimals=0,
        x_title=_("可能性"),
        y_title=_("影响"),
        value_title=_("风险数"),
    )


def _risks(rows: Any) -> Table:
    return Table(
        "risks",
        title=_("风险清单"),
        source=rows.select_related("asset", "judged_by", "accepted_by", "correction"),
        order="-judged_at",
        per_page=20,
        empty=_("还没有风险评估"),
        columns=[
            Column(
                "threat",
                _("威胁"),
                filter="text",
                link=lambda row: reverse("programme:security_risk", args=[row.pk]),
            ),
            Column("asset.name", _("资产"), filter="text"),
            Column("weakness", _("脆弱性"), filter="text"),
            Column(
                "judged",
                _("风险"),
                sortable=False,
                value=lambda row: level(row.likelihood, row.impact),
                choices=LEVELS,
                badge=LEVEL_COLOURS,
            ),
            Column(
                "left",
                _("残余"),
                sortable=False,
                value=lambda row: level(*_left(row)),
                choices=LEVELS,
                badge=LEVEL_COLOURS,
            ),
            Column("treatment", _("处置方式"), filter="choice", choices=dict(SecurityRisk.Treatment.choices)),
            Column("due_on", _("处置期限"), format="day", filter="date"),
            Column("accepted_by.name", _("接受人")),
            Column("accepted_until", _("接受至"), format="day"),
            Column("closed_at", _("关闭时间"), format="moment"),
            simulated(),
        ],
    )


@part(of="security_assets", path="security-assets/<str:key>/", methods=("GET", "POST"))
def security_asset(request: HttpRequest, key: str) -> HttpResponseBase:
    asset = get_object_or_404(SecurityAsset.objects.select_related("owner", "part_of"), key=key)
    back = reverse("programme:security_asset", args=[key])
    filing_form, risk_form = form_of(request, "file", FilingForm), form_of(request, "judge", RiskForm)

    def file(said: dict[str, Any]) -> None:
        upload = said.pop("file")
        file_asset(request.user, asset, Filed(**said), upload)

    waiting = asset.filings.filter(confirmed_at=None).exclude(made_by=request.user).first()
    done = (
        acted(request, filing_form, "file", file, back, _("已登记，由另一人确认"))
        or acted(
            request,
            risk_form,
            "judge",
            lambda said: judge_risk(request.user, Judged(asset=asset, **said)),
            back,
        )
        or (
            pressed(request, {"confirm": lambda: confirm_filing(request.user, waiting)}, back)
            if waiting
            else None
        )
    )
    if done is not None:
        return done
    filing, keeper = filing_in_force(asset), is_keeper(request)
    due = what_is_due(filing)
    return page(
        request,
        "programme/security/record.html",
        {
            "title": asset.name,
            "lead": asset.about,
            "badges": [("azure", asset.get_kind_display())],
            "notes": [("warning", _("待办：%(t)s") % {"t": "、".join(due)})] if due else [],
            "links": [(_("全部资产"), reverse("programme:security_assets"))],
            "facts": [
                (_("责任单位"), asset.owner.name if asset.owner else ""),
                (_("最高数据级别"), DATA_LEVELS[asset.data_level]),
                (_("定级对象"), asset.part_of.name if asset.part_of else asset.name),
                (_("保护等级"), filing.level if filing else _("未定级")),
                (_("备案证明编号"), filing.number if filing else ""),
                (_("等级测评日期"), filing.evaluated_on if filing else ""),
                (_("密码应用评估日期"), filing.crypto_evaluated_on if filing else ""),
            ],
            "papers": papers_of(*(f"filing-{each.pk}" for each in asset.filings.all())),
            "buttons": [
                (_("确认 %(who)s 登记的定级备案") % {"who": waiting.made_by.name}, "confirm", "", "primary")
            ]
            if waiting and keeper
            else [],
            "forms": [shown(_("登记定级备案"), filing_form, "file"), shown(_("评估风险"), risk_form, "judge")]
            if keeper
            else [],
            "tables": [_filings(asset), _risks(asset.risks.all())],
        },
        status=status_of(request),
    )


def _filings(asset: SecurityAsset) -> Table:
    return Table(
        "filings",
        title=_("定级备案记录"),
        source=asset.filings.select_related("made_by", "confirmed_by"),
        order="-made_at",
        exports=False,
        empty=_("没有定级备案"),
        columns=[
            Column("made_at", _("登记时间"), format="moment"),
            Column("level", _("保护等级"), format=0),
            Column("number", _("备案证明编号")),
            Column("evaluated_on", _("等级测评日期"), format="day"),
            Column("evaluator", _("测评机构")),
            Column("made_by.name", _("登记人")),
            Column("confirmed_by.name", _("确认人")),
            simulated(),
        ],
    )


@part(of="security_assets", path="security-risks/<int:pk>/", methods=("GET", "POST"))
def security_risk(request: HttpRequest, pk: int) -> HttpResponseBase:
    risk = get_object_or_404(
        SecurityRisk.objects.select_related("asset", "judged_by", "accepted_by", "correction"), pk=pk
    )
    back = reverse("programme:security_risk", args=[pk])
    form = form_of(request, "accept", AcceptForm)
    done = acted(
        request, form, "accept", lambda said: accept_risk(request.user, risk, said["until"]), back
    ) or pressed(request, {"close": lambda: close_risk(request.user, risk)}, back)
    if done is not None:
        return done
    keeper, is_open = is_keeper(request), risk.closed_at is None
    links = [(risk.asset.name, reverse("programme:security_asset", args=[risk.asset.key]))]
    if risk.correction:
        links.append(
            (
                _("整改办件 %(n)s") % {"n": risk.correction.number},
                reverse("cases:case", args=[risk.correction.number]),
            )
        )
    return page(
        request,
        "programme/security/record.html",
        {
            "title": risk.threat,
            "lead": risk.weakness,
            "links": links,
            "badges": [
                (
                    LEVEL_COLOURS[level(risk.likelihood, risk.impact)],
                    LEVELS[level(risk.likelihood, risk.impact)],
                )
            ]
            + ([("secondary", _("模拟"))] if risk.is_simulated else []),
            "facts": [
                (_("可能性 × 影响"), f"{risk.likelihood} × {risk.impact}"),
                (_("残余"), " × ".join(map(str, _left(risk)))),
                (_("处置方式"), risk.get_treatment_display()),
                (_("处置措施"), risk.measures),
                (_("处置期限"), risk.due_on),
                (_("评估人"), risk.judged_by.name),
                (_("接受人"), risk.accepted_by.name if risk.accepted_by else ""),
                (_("接受至"), risk.accepted_until),
            ],
            "buttons": [(_("关闭"), "close", _("确认风险已消除？"), "outline-primary")]
            if keeper and is_open
            else [],
            "forms": [shown(_("接受残余风险（须另一人）"), form, "accept", _("接受"))]
            if keeper and is_open
            else [],
        },
        status=status_of(request),
    )
