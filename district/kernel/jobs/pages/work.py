"""What runs, what failed and why, who is alive; a failed job or message can be tried again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from district.kernel.jobs import queue
from district.kernel.jobs.models import STATES, Heartbeat, WorkProgress
from district.kernel.jobs.work import ask_to_stop, job_named
from district.kernel.people.access import OPERATOR, allow
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, SqlSource, Table

STATUSES = {
    "todo": gettext_lazy("等待"), "doing": gettext_lazy("进行中"), "succeeded": gettext_lazy("完成"),
    "failed": gettext_lazy("失败"), "cancelled": gettext_lazy("已取消"), "aborted": gettext_lazy("已中止"),
}
STATUS_COLOURS = {
    "todo": "secondary", "doing": "blue", "succeeded": "green", "failed": "red", "cancelled": "orange",
    "aborted": "orange",
}
MOST_CHARACTERS = 90
STATE_COLOURS = {"waiting": "secondary", "running": "blue", "done": "green", "stopped": "orange", "failed": "red"}


@allow(OPERATOR)
@require_safe
def jobs(request: HttpRequest) -> HttpResponseBase:
    """The queue, messages to listeners among it; long work with its progress; signs of life."""
    table = Table(
        "jobs",
        columns=[
            Column("id", _("编号"), format=0),
            Column("work", _("任务"), filter="text"),
            Column("about", _("内容"), filter="text", sortable=False, format=_brief),
            Column("status", _("状态"), filter="choice", choices=STATUSES, badge=STATUS_COLOURS),
            Column("attempts", _("尝试次数"), format=0),
            Column("at", _("最近时间"), format="moment", filter="date"),
            Column("scheduled_at", _("计划时间"), format="moment", shown=False),
            Column("again", "", cell=_again, sortable=False),
        ],
        source=SqlSource(queue.LISTED, key="id"), order="-id", title=_("任务队列"), empty=_("没有任务"),
    )
    progress = Table(
        "progress",
        columns=[
            Column("job", _("任务"), filter="text", link=lambda row: reverse("jobs:progress", args=[row.pk])),
            Column("state", _("状态"), filter="choice", choices=dict(STATES), badge=STATE_COLOURS),
            Column("percent", _("进度"), sortable=False, format=lambda value: f"{value} %"),
            Column("message", _("说明"), sortable=False),
            Column("started_by.name", _("发起人")),
            Column("created_at", _("发起时间"), format="moment"),
            Column("updated_at", _("更新时间"), format="moment"),
        ],
        source=WorkProgress.objects.select_related("started_by"), order="-created_at", title=_("长任务"),
        empty=_("没有长任务"),
    )
    beats = Heartbeat.objects.order_by("name")
    context = {"table": table, "progress": progress, "beats": beats, "counts": _counts()}
    return table.respond(request) or progress.respond(request) or page(request, "jobs/jobs.html", context)


@allow(OPERATOR)
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One run of long work; the page polls it while it runs."""
    row = get_object_or_404(WorkProgress.objects.select_related("started_by"), pk=pk)
    template = "jobs/_progress.html" if request.headers.get("HX-Request") == "true" else "jobs/progress.html"
    return page(request, template, {
        "row": row, "state": dict(STATES)[row.state], "colour": STATE_COLOURS[row.state],
        "is_moving": row.state in ("waiting", "running"), "may_resume": row.state in ("stopped", "failed"),
    })


@allow(OPERATOR)
@require_POST
def steer(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Stops a run at its next checkpoint, or lets it go on from there."""
    row, job = get_object_or_404(WorkProgress, pk=pk), None
    if step == "stop":
        ask_to_stop(row)
    elif step == "resume" and (job := job_named(row.job)) is not None:
        try:
            job.resume(row)
        except ValueError:
            messages.error(request, _("只有已停止或失败的任务可以继续"))
    else:
        raise Http404(step)
    return redirect("jobs:progress", pk)


@allow(OPERATOR)
@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Puts a failed job or message back into the queue."""
    if queue.retry_failed(pk):
        messages.success(request, _("任务 %(id)s 已重新排队") % {"id": pk})
    else:
        messages.error(request, _("任务 %(id)s 不是失败状态，不能重试") % {"id": pk})
    return redirect("jobs:jobs")


def _brief(about: str) -> str:
    """The beginning of what a job was given; the whole stands on the page of a failed one."""
    return "" if about == "{}" else about if len(about) <= MOST_CHARACTERS else f"{about[:MOST_CHARACTERS]}…"


def _again(row: dict[str, Any]) -> Markup:
    """A link to the confirmation, for failed jobs only: a cell holds no form, it would need a token of its own."""
    if row["status"] != "failed":
        return Markup("")
    return Markup('<a class="btn btn-sm" href="{}">{}</a>').format(reverse("jobs:failed", args=[row["id"]]), _("查看"))


@allow(OPERATOR)
@require_safe
def failed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A failed job: what it was to do, and the button to try again."""
    found = queue.job_row(pk)
    if found is None:
        raise Http404(str(pk))
    return page(request, "jobs/failed.html", {
        "row": found, "status": STATUSES[found["status"]], "colour": STATUS_COLOURS[found["status"]],
    })


def _counts() -> list[tuple[Any, str, int]]:
    counted = queue.counts()
    return [(STATUSES[status], STATUS_COLOURS[status], counted.get(status, 0)) for status in STATUSES]
