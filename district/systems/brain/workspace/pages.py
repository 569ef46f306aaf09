"""The analysts' workspace: SQL over what one's grants allow."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused
from district.kernel.ui.formats import moment
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import ChartKind, QuestionRun, SavedQuestion
from . import actions, queries
from .charts import chart_of

SHOWN_ROWS = 200
EXPORTED_ROWS = 100_000


class QuestionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=200, help_text=gettext_lazy("记入使用日志"))
    chart = forms.ChoiceField(label=gettext_lazy("图表"), choices=ChartKind.choices, required=False)
    is_shared = forms.BooleanField(label=gettext_lazy("本单位同事可以打开"), required=False)
    cron = forms.CharField(
        label=gettext_lazy("定时"), max_length=40, required=False,
        help_text=gettext_lazy("五段 cron，如 30 2 * * * 为每天 2:30；定时结果成为数据产品的新版本"),
    )  # fmt: skip


def workspace(request: HttpRequest) -> HttpResponseBase:
    """Saved questions and what was run of late."""
    account: Any = request.user
    table = Table(
        "questions",
        columns=[
            Column("title", _("名称"), filter="text", link=lambda row: reverse("brain:workspace_question", args=[row.pk])),
            Column("purpose", _("用途"), filter="text"),
            Column("owner.name", _("所有人"), filter="text"),
            Column("schedule", _("定时")),
            Column("due_at", _("下次运行"), format="moment"),
            Column("product.title", _("数据产品")),
            Column("created_at", _("创建时间"), format="moment", shown=False),
        ],
        source=queries.questions_of(account), title=_("保存的查询"), order="-created_at", empty=_("还没有保存的查询"),
    )  # fmt: skip
    runs = Table(
        "runs",
        columns=[
            Column("at", _("时间"), format="moment"),
            Column("sql", _("查询语句"), filter="text"),
            Column("rows", _("行数"), format=0),
            Column("seconds", _("用时"), format=2, unit="s"),
            Column("error", _("错误"), filter="text"),
        ],
        source=QuestionRun.objects.filter(account=account), title=_("我的查询记录"), order="-at",
    )  # fmt: skip
    return table.respond(request) or runs.respond(request) or page(
        request, "brain/workspace/workspace.html", {"table": table, "runs": runs}
    )


@part(of="workspace", path="workspace/ask/")
def workspace_ask(request: HttpRequest) -> HttpResponseBase:
    """A new question."""
    return _editor(request, None, request.GET.get("sql", ""))


@part(of="workspace", path="workspace/<int:pk>/")
def workspace_question(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A saved question."""
    question = _question(request, pk)
    return _editor(request, question, question.sql)


@part(of="workspace", path="workspace/run/", methods=("POST",))
def workspace_run(request: HttpRequest) -> HttpResponseBase:
    """The answer, as a fragment."""
    account: Any = request.user
    chart = request.POST.get("chart", "")
    try:
        found = actions.ask(request.POST.get("sql", ""), account, purpose=request.POST.get("purpose", ""))
    except Refused as refused:
        return page(request, "brain/workspace/_answer.html", {"refused": refused})
    table = found.answer.rows
    return page(request, "brain/workspace/_answer.html", {
        "names": table.schema.names, "titles": found.titles, "count": table.num_rows,
        "rows": actions.answer_rows(table.slice(0, SHOWN_ROWS)),
        "is_cut": found.answer.is_cut, "seconds": found.answer.seconds, "relations": found.relations,
        "chart": chart_of(table, chart, request.POST.get("title", "") or _("查询结果")), "shown": SHOWN_ROWS,
    })  # fmt: skip


@part(of="workspace", path="workspace/save/", methods=("POST",))
def workspace_save(request: HttpRequest) -> HttpResponseBase:
    """Keeps a question, new or (with `question`) again; only its owner may."""
    account: Any = request.user
    question = None
    if request.POST.get("question"):
        question = get_object_or_404(SavedQuestion, pk=request.POST["question"], owner=account)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _editor(request, question, request.POST.get("sql", ""), form)
    try:
        kept = actions.keep(account, sql=request.POST.get("sql", ""), question=question, **form.cleaned_data)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error("cron" if refused.field == "schedule" else field, str(refused))
        return _editor(request, question, request.POST.get("sql", ""), form)
    messages.success(request, _("已保存"))
    return redirect("brain:workspace_question", kept.pk)


@part(of="workspace", path="workspace/export/", methods=("POST",))
def workspace_export(request: HttpRequest) -> HttpResponseBase:
    """The answer as CSV; the first lines say who took it out, when and of which grants."""
    account: Any = request.user
    try:
        found = actions.ask(
            request.POST.get("sql", ""), account, purpose=request.POST.get("purpose", ""), most_rows=EXPORTED_ROWS
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("brain:workspace")
    record_act(account, "export", subject_kind="question", subject=request.POST.get("question", ""),
               purpose=request.POST.get("purpose", ""), fields=found.answer.rows.schema.names)  # fmt: skip
    grants = "、".join(each.rule.number or each.resource.title for each in found.relations)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="answer.csv"'
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([f"# {account.name}（{account.username}） {moment(now())} {grants}"])
    writer.writerow([found.titles.get(name, name) for name in found.answer.rows.schema.names])
    writer.writerows([_cell(value) for value in row.values()] for row in actions.answer_rows(found.answer.rows))
    answer.write("\ufeff" + out.getvalue())
    return answer


@part(of="workspace", path="workspace/<int:pk>/product/", methods=("POST",))
def workspace_product(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Makes the next version of the question's product."""
    account: Any = request.user
    question = get_object_or_404(SavedQuestion, pk=pk, owner=account)
    try:
        version = actions.make_product(question, account)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("数据产品第 %(n)s 版已生成，目录审核后即可申请共享") % {"n": version.number})
    return redirect("brain:workspace_question", pk)


@part(of="workspace", path="workspace/<int:pk>/delete/", methods=("POST",))
def workspace_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Forgets a question; what was run of it stays in the log, its product in the catalogue."""
    get_object_or_404(SavedQuestion, pk=pk, owner=request.user).delete()
    messages.success(request, _("已删除"))
    return redirect("brain:workspace")


def _editor(
    request: HttpRequest, question: SavedQuestion | None, sql: str, form: QuestionForm | None = None
) -> HttpResponseBase:
    account: Any = request.user
    form = form or QuestionForm(initial=_initial(question))
    return page(request, "brain/workspace/question.html", {
        "question": question, "sql": sql, "form": form, "available": queries.available_to(account),
        "is_owner": question is None or question.owner_id == account.pk,
        "runs": question.runs.select_related("account")[:10] if question else (),
    })  # fmt: skip


def _initial(question: SavedQuestion | None) -> dict[str, Any]:
    if question is None:
        return {}
    return {"title": question.title, "purpose": question.purpose, "chart": question.chart,
            "is_shared": question.is_shared, "cron": question.schedule}  # fmt: skip


def _question(request: HttpRequest, pk: int) -> SavedQuestion:
    account: Any = request.user
    return get_object_or_404(queries.questions_of(account), pk=pk)


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
