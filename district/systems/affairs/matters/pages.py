"""任务: the board of who has sent what, a task with its sums at every level, a unit's piece of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may, scope_of
from district.kernel.people.refused import Refused
from district.kernel.places.models import Division
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..models import Piece, PieceState
from . import actions, posts, queries, tables
from .forms import AnswerForm, MoveForm, ReturnForm, TaskForm, report
from .questions import number_questions
from .standing import Standing, standing, tally
from .sums import Level, sums
from .words import STANDING_COLOURS, STANDING_ICONS, STANDING_WORDS

ISSUING = ("asker", "town", "manager")
ACTS = ("receive", "hand_in", "pass_on", "return", "accept", "remind", "move")
WORDS = {"colours": STANDING_COLOURS, "words": STANDING_WORDS, "icons": STANDING_ICONS}


def tasks(request: HttpRequest) -> HttpResponseBase:
    """What one has to do, the board, what was sent down."""
    mine = (
        tables.pieces_table(queries.my_pieces(request.user), now())
        if may(request.user, *posts.DOERS)
        else None
    )
    sent = tables.assignments_table(queries.assignments_visible_to(request.user))
    for table in filter(None, (mine, sent)):
        answer = table.respond(request)
        if answer is not None:
            return answer
    context = {
        "mine": mine, "sent": sent, "board": queries.board(request.user, now(), _within(request)),
        "may_issue": bool(posts.issuing_units(request.user)), "standings": list(Standing), **WORDS,
    }  # fmt: skip
    return page(request, "affairs/matters/tasks.html", context)


@part(of="tasks", path="tasks/new", methods=("GET", "POST"), roles=ISSUING)
def new_task(request: HttpRequest) -> HttpResponseBase:
    senders = posts.issuing_units(request.user)
    form = TaskForm(senders, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = actions.Asked(**{key: given[key] for key in (
            "title", "text", "answer_kind", "form", "register", "question", "unit", "source", "working_days",
        )})  # fmt: skip
        try:
            made = actions.issue(asked, given["organisation"], form.chosen_units(), request.user)
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("任务已下达"))
            return redirect("affairs:assignment", made.pk)
    return page(request, "affairs/matters/new.html", {"form": PageForm(form, submit=_("下达"), columns=2)})


@part(of="tasks", path="tasks/<int:assignment_id>/")
def assignment(request: HttpRequest, assignment_id: int) -> HttpResponseBase:
    """A task: its sums at the level asked for, and every unit's piece."""
    found = get_object_or_404(queries.assignments_visible_to(request.user), pk=assignment_id)
    questions = number_questions(found)
    prefix = queries.prefix_of(request.user, found)
    counted = sums(found, [path for path, _label in questions], prefix)
    code = _asked_code(request, prefix)
    level = Level(len(code)) if len(code) in list(Level) else Level.ALL
    pieces = queries.pieces_visible_to(request.user).filter(assignment=found, division_code__startswith=code)
    lines = tables.lines_table(found, counted, level, code, questions)
    units = tables.units_table(pieces, now())
    for table in (lines, units):
        answer = table.respond(request)
        if answer is not None:
            return answer
    chart = tables.lines_chart(counted, level, code)
    context = {
        "assignment": found, "lines": lines, "units": units, "whole": counted.of(level, code),
        "agrees": counted.agrees(level, code), "chart": chart,
        "chart_height": min(880, 160 + 40 * len(chart.x)),
        "tally": tally(standing(each, now()) for each in pieces.filter(children=None)), "way": _way(code, prefix),
        "standings": list(Standing), "may_end": posts.may_issue(request.user, found.organisation), **WORDS,
    }  # fmt: skip
    return page(request, "affairs/matters/assignment.html", context)


@part(of="tasks", path="tasks/<int:assignment_id>/<slug:act>", methods=("POST",), roles=ISSUING)
def assignment_act(request: HttpRequest, assignment_id: int, act: str) -> HttpResponseBase:
    """Ends a task, or calls all who have not handed in."""
    found = get_object_or_404(queries.assignments_visible_to(request.user), pk=assignment_id)
    try:
        if act == "end":
            actions.end(found, request.user)
            messages.success(request, _("任务已结束"))
        elif act == "remind":
            open_pieces = found.pieces.filter(state__in=queries.OPEN_STATES).select_related(
                "assignment", "parent"
            )
            called = actions.remind(
                [piece for piece in open_pieces if posts.judges(request.user, piece)], request.user
            )
            messages.success(request, _("已催办 %(n)s 个单位") % {"n": called})
        else:
            raise Http404(act)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("affairs:assignment", found.pk)


@part(of="tasks", path="tasks/pieces/<int:piece_id>/")
def piece(request: HttpRequest, piece_id: int) -> HttpResponseBase:
    found = get_object_or_404(queries.pieces_visible_to(request.user), pk=piece_id)
    return _piece_page(request, found)


@part(of="tasks", path="tasks/pieces/<int:piece_id>/<slug:act>", methods=("POST",), roles=("clerk", *ISSUING))
def piece_act(request: HttpRequest, piece_id: int, act: str) -> HttpResponseBase:
    """What a unit, or who judges it, does with a piece."""
    found = get_object_or_404(queries.pieces_visible_to(request.user), pk=piece_id)
    if act not in ACTS:
        raise Http404(act)
    form = _act_form(act, found, request.POST)
    if form is not None and not form.is_valid():
        return _piece_page(request, found, {act: form})
    try:
        _do(act, found, request.user, form.cleaned_data if form else {})
    except Refused as refused:
        if form is not None:
            report(form, refused)
            return _piece_page(request, found, {act: form})
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已办理"))
    return redirect("affairs:piece", found.pk)


def _do(act: str, found: Piece, account: Any, given: dict[str, Any]) -> None:
    if act == "receive":
        actions.receive(found, account)
    elif act == "hand_in":
        actions.hand_in(
            found, account, number=given.get("number"), text=given.get("text", ""), note=given["note"]
        )
    elif act == "pass_on":
        actions.pass_on(found, account)
    elif act == "return":
        actions.return_piece(found, account, given["reason"], given["working_days"])
    elif act == "accept":
        actions.accept(found, account)
    elif act == "remind":
        actions.remind([found], account)
    else:
        actions.move_due(found, account, given["working_days"], given["reason"])


def _act_form(act: str, found: Piece, data: Any) -> Any:
    if act == "hand_in":
        task = found.assignment
        kind = task.answer_kind if not found.is_passed_on else "done"
        return AnswerForm(kind, task.question, task.unit, data, prefix="hand_in")
    forms = {"return": ReturnForm, "move": MoveForm}
    return forms[act](data, prefix=act) if act in forms else None


def _piece_page(request: HttpRequest, found: Piece, forms: dict[str, Any] | None = None) -> HttpResponseBase:
    is_open = found.state in (PieceState.OPEN, PieceState.RETURNED) and found.assignment.ended_at is None
    holds, judges = posts.holds(request.user, found), posts.judges(request.user, found)
    below = tables.units_table(
        queries.pieces_visible_to(request.user).filter(parent=found), now(), name="below"
    )
    answer = below.respond(request)
    if answer is not None:
        return answer
    given = forms or {}
    allowed: dict[str, PageForm] = {}
    for act, title, is_shown in (
        ("hand_in", _("上报"), holds and is_open), ("return", _("退回更正"), judges and not is_open),
        ("move", _("调整期限"), judges and is_open),
    ):  # fmt: skip
        if is_shown and found.assignment.ended_at is None:
            allowed[act] = PageForm(
                given.get(act) or _act_form(act, found, None), submit=title, danger=act == "return",
                action=reverse("affairs:piece_act", args=[found.pk, act]),
            )  # fmt: skip
    context = {
        "piece": found, "standing": standing(found, now()), "steps": found.steps.select_related("account"),
        "forms": allowed, "holds": holds, "judges": judges, "is_open": is_open, "below": below,
        "may_pass_on": holds and is_open and not found.is_passed_on and len(found.division_code) == 9, **WORDS,
    }  # fmt: skip
    return page(request, "affairs/matters/piece.html", context)


def _within(request: HttpRequest) -> str:
    """The division whose parts are the rows of the board: the one asked for, else the reader's own."""
    asked = request.GET.get("at", "")
    scope = scope_of(request.user, posts.SYSTEM)
    if asked.isdigit() and (scope.is_whole or scope.covers(asked)):
        return asked
    return "" if len(scope.division_prefixes) != 1 else scope.division_prefixes[0]


def _asked_code(request: HttpRequest, prefix: str) -> str:
    """The division whose sums are shown: one below what the reader sees, the district where he sees all."""
    asked = request.GET.get("at")
    if asked is not None and asked.startswith(prefix) and (asked == "" or asked.isdigit()):
        return asked
    if prefix:
        return prefix
    district = (
        Division.objects.filter(level="district").order_by("code").values_list("code", flat=True).first()
    )
    return district or ""


def _way(code: str, prefix: str) -> list[tuple[str, str]]:
    """The levels above the one shown, as (name, code)."""
    codes = [code[:digits] for digits in (4, 6, 9, 12) if digits <= len(code) and digits >= len(prefix)]
    names = queries.names_of(codes)
    city = Division.objects.filter(code=code[:4]).values_list("name", flat=True).first() or _("全市")
    known = {each: names.get(each, city if len(each) == 4 else each) for each in codes}
    top = [(_("全部"), "")] if not prefix else []
    return [*top, *((known[each], each) for each in codes)]
