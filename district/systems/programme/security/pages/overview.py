"""安全总览: one look at what is not as it should be, each a click from its records."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page

from ..controls.running import standings
from ..standing import security_figures
from .controls import STATES


def security(request: HttpRequest) -> HttpResponseBase:
    figures = [
        Figure(
            each.title,
            each.value,
            detail=each.detail,
            url=reverse(each.page),
            colour="d-bad" if each.is_bad else "d-good",
        )
        for each in security_figures()
    ]
    stands = standings()
    domains = list(dict.fromkeys(each.control.domain for each in stands))
    colours = {
        "passed": "var(--tblr-green)",
        "partial": "var(--tblr-azure)",
        "failed": "var(--tblr-red)",
        "unknown": "var(--tblr-yellow)",
    }
    traces = [
        Trace(
            STATES[state],
            [
                sum(1 for each in stands if each.control.domain == domain and each.state == state)
                for domain in domains
            ],
            colour=colours[state],
        )
        for state in STATES
    ]
    chart = Bar(
        title=_("等保三级各控制域"),
        unit=_("项"),
        decimals=0,
        horizontal=True,
        stacked=True,
        x=domains,
        traces=traces,
    )
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("安全总览"),
            "figures": figures,
            "charts": [chart],
            "lead": _("数字由平台记录计算，点开是明细。"),
        },
    )
