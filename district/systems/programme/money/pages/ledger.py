"""总账: balances, whether the books are right, every line of every posting, and all of it to be taken along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.audit import record_act
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import LedgerAccount, PostingLine, Source
from .. import ledger
from ..amounts import in_wan, yuan
from .show import listing


def kinds() -> dict[str, Any]:
    """What a posting is of."""
    return {
        "granted": _("批复指标"),
        "changed": _("调整指标"),
        "held": _("预占"),
        "bound": _("占用"),
        "released": _("释放"),
        "approved": _("批准支付"),
        "withdrawn": _("撤销批准"),
        "paid": _("支付"),
        "returned": _("退回"),
        "received": _("资金到账"),
        "closed": _("年度结转"),
        "carried": _("结转转入"),
    }


def money_ledger(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "ledger",
        title=_("分录"),
        order="-pk",
        empty=_("还没有分录"),
        source=PostingLine.objects.select_related("posting__account", "account__line", "account__payment"),
        columns=[
            Column("posting.pk", _("凭证"), format=str),
            Column("posting.at", _("记账时间"), format="second", filter="date"),
            Column("posting.kind", _("类型"), filter="choice", choices=kinds()),
            Column("account.kind", _("科目"), filter="choice", choices=dict(LedgerAccount.Kind.choices)),
            Column("account.line.code", _("预算指标"), filter="text"),
            Column("account.source", _("资金来源"), filter="choice", choices=dict(Source.choices)),
            Column("amount_fen", _("金额（借方为正）"), format=yuan, align="end"),
            Column("posting.note", _("摘要"), filter="text"),
            Column("posting.account.name", _("经手人"), filter="text"),
            Column("posting.key", _("凭证号"), shown=False),
        ],
    )
    sums = dict(LedgerAccount.objects.order_by().values_list("kind").annotate(fen=Sum("balance_fen")))
    words = dict(LedgerAccount.Kind.choices)
    figures = [
        (
            words[kind],
            yuan(abs(sums.get(kind, 0))),
            f"{reverse('programme:money_ledger')}?ledger-account.kind={kind}",
        )
        for kind in LedgerAccount.Kind.values
    ]
    stands = [kind for kind in ledger.WHERE_IT_STANDS]
    chart = Bar(
        title=_("预算资金现在何处"),
        unit=_("万元"),
        decimals=2,
        x=[words[kind] for kind in stands],
        traces=[Trace(_("余额"), [in_wan(sums.get(kind, 0)) for kind in stands])],
    )
    wrong = ledger.imbalance()
    said = "；".join(f"{name} {yuan(fen)}" for name, fen in wrong.items())
    alerts: list[tuple[str, Any, str]] = (
        [("danger", _("账本不平，请立即核查：") + said, "")]
        if wrong
        else [
            (
                "success",
                _(
                    "账本平衡：所有分录合计为零，每个账户余额等于其分录之和，每条指标的批复等于可用、预占、占用、待支付与已支出之和。"
                ),
                "",
            )
        ]
    )
    links = [(_("下载全部分录（含摘要校验）"), reverse("programme:money_ledger_file"))]
    return listing(request, [table], figures=figures, charts=[chart], alerts=alerts, links=links)


@part(of="money_ledger", path="ledger/postings.jsonl")
def money_ledger_file(request: HttpRequest) -> HttpResponseBase:
    """Every line in order, each with the SM3 digest over the one before and itself: what is left out or changed shows."""
    record_act(
        request.user,
        "export",
        subject_kind="programme.ledger",
        subject=f"{PostingLine.objects.count()} lines",
    )
    answer = StreamingHttpResponse(_told(), content_type="application/x-ndjson; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="programme-ledger-{today():%Y%m%d}.jsonl"'
    return answer


def _told() -> Iterator[str]:
    head = "0" * 64
    rows = (
        PostingLine.objects.select_related("posting__account", "account")
        .order_by("pk")
        .iterator(chunk_size=2000)
    )
    for line in rows:
        posting, account = line.posting, line.account
        said = {
            "line": line.pk,
            "posting": posting.pk,
            "key": posting.key,
            "kind": posting.kind,
            "note": posting.note,
            "at": posting.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "account": account.kind,
            "budget_line": account.line_id,
            "commitment": account.commitment_id,
            "payment": account.payment_id,
            "source": account.source,
            "amount_fen": line.amount_fen,
            "by": posting.account.username if posting.account else "",
            "reverses": posting.reverses_id,
            "previous": head,
        }
        digest = Hash(SM3())
        digest.update(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())
        head = digest.finalize().hex()
        yield (
            json.dumps(said | {"digest": head}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            + "\n"
        )
