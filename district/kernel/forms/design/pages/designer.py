"""设计: the questions of a form beside what the district holds of them, and what may be done with the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from district.kernel.files import content_store
from district.kernel.forms.design import changing, editing, odk_validate, publishing, reviews
from district.kernel.forms.design.held import QuestionHeld, held_in, share_of
from district.kernel.forms.design.pages import words
from district.kernel.forms.design.questions import Question, questions_of
from district.kernel.forms.design.sheets import Sheets
from district.kernel.forms.models import Form, FormVersion, RegisterItem, VersionState
from district.kernel.forms.queries import DESIGNERS, KEEPERS
from district.kernel.forms.refused import Refused
from district.kernel.people.access import allow, may
from district.kernel.ui.render import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Line:
    """A row of the designer: a question, where it stands in the workbook (-1: it cannot be changed here)."""

    question: Question
    place: int
    beside: QuestionHeld | None


@allow(*DESIGNERS)
@require_safe
def design(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = words.led(request, pk)
    version = changing.latest(form)
    lines, share = lines_of(form, version)
    review = reviews.review_of(version) if version else None
    is_draft = version is not None and version.state == VersionState.DRAFT
    context = {
        "form": form, "version": version, "is_draft": is_draft, "lines": lines, "share": share, "review": review,
        "versions": form.versions.order_by("-pk").select_related("made_by"), "words": words,
        "may_edit": version is not None and version.xlsx is not None,
        "needs_review": is_draft and share.is_mostly_held and not (review and review.state == "approved"),
        "may_decide": may(request.user, *KEEPERS) and review is not None and review.by_id != request.user.pk,
        "files": list(version.files.select_related("register", "file")) if version else [],
        "audience": list(form.audience.all()), "can_validate": odk_validate.is_there(),
        "can_take_all": any(
            line.beside and line.beside.is_held and line.beside.held[0].known.is_here for line in lines
        ),
        "may_keep": bool(lines) and version is not None and bool(version.xlsx) and not any(
            line.question.save_to for line in lines
        ),
        "filled": form.submissions.filter(deleted_at=None).count(),
    }  # fmt: skip
    return page(request, "forms/design/design.html", context)


def lines_of(form: Form, version: FormVersion | None) -> tuple[list[Line], Any]:
    if version is None:
        return [], share_of([])
    questions = questions_of(version.questions)
    beside = held_in(form, questions)
    by_path = {each.question.path: each for each in beside}
    places = _places(changing.sheets_of(form)) if version.xlsx else {}
    lines = [
        Line(question, places.get(question.path, -1), by_path.get(question.path))
        for question in questions
        if question.type not in ("start", "end", "today", "deviceid", "username", "hidden")
    ]
    return lines, share_of(beside)


def _places(sheets: Sheets) -> dict[str, int]:
    """Path of a question → its row in the survey."""
    found: dict[str, int] = {}
    inside: list[str] = []
    for place, row in enumerate(sheets.rows("survey")):
        if row["type"] in editing.ENDS:
            inside = inside[:-1]
        elif row["type"] in editing.BEGINS:
            inside.append(row["name"])
        else:
            found["/".join((*inside, row["name"]))] = place
    return found


@allow(*DESIGNERS)
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """Publishes, submits for review, closes …"""
    form = words.led(request, pk)
    account: Any = request.user
    acts = {
        "publish": (lambda: publishing.publish(form, account), _("已发布，填报人现在可以填写")),
        "submit": (lambda: reviews.submit(form, request.POST.get("reason", ""), account), _("已提交审核")),
        "take-all": (lambda: changing.take_all(form, account), _("已引用区里已有的信息")),
        "as-register": (
            lambda: changing.keep_as_register(form, account),
            _("填报结果将存成台账，发布后生效"),
        ),
        "discard": (lambda: publishing.discard(form, account), _("已放弃修改")),
        "open": (lambda: publishing.set_state(form, "open", account), _("已开放填报")),
        "closing": (lambda: publishing.set_state(form, "closing", account), _("不再发放，只收已填")),
        "closed": (lambda: publishing.set_state(form, "closed", account), _("已关闭")),
        "upload": (lambda: _upload(request, form), _("已读入 XLSForm")),
        "validate": (lambda: _validate(form), _("ODK Validate 认为有效")),
    }
    if what not in acts:
        return HttpResponse(status=404)
    do, said = acts[what]
    try:
        do()
    except words.ERRORS as error:
        words.say(request, error)
    else:
        messages.success(request, said)
    return redirect("forms:design", form.pk)


def _upload(request: HttpRequest, form: Form) -> None:
    given: Any = request.FILES.get("xlsx")
    if given is None:
        raise Refused("no_file", _("没有选择文件"), field="xlsx")
    publishing.draft(form, given.read(), request.user, is_renamed=True)


def _validate(form: Form) -> None:
    version = changing.latest(form)
    said = odk_validate.objections(version.xform) if version else ""
    if said:
        raise Refused("odk_validate", _("ODK Validate 认为无效"), value=said[:500])


@allow(*DESIGNERS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A keeper agrees that what is held is asked, or returns the form."""
    form = words.led(request, pk)
    version = changing.latest(form)
    review = version.reviews.filter(state="submitted").first() if version else None
    try:
        if review is None:
            raise Refused("decided", _("这个申请已经审核过"))
        reviews.decide(review, request.POST.get("outcome", ""), request.POST.get("note", ""), request.user)
    except words.ERRORS as error:
        words.say(request, error)
    else:
        messages.success(request, _("审核意见已记录"))
    return redirect("forms:design", form.pk)


@allow(*DESIGNERS)
@require_POST
def question_act(request: HttpRequest, pk: int, place: int, name: str, what: str) -> HttpResponseBase:
    """Takes, drops, moves a question: one click each."""
    form = words.led(request, pk)
    account: Any = request.user
    acts: dict[str, Any] = {
        "take": lambda: changing.take(form, place, name, _item(request), account),
        "remove": lambda: changing.change(form, account, lambda s: editing.remove_question(s, place, name)),
        "ask": lambda: changing.change(form, account, lambda s: editing.ask_again(s, place, name)),
        "up": lambda: changing.change(form, account, lambda s: editing.move_question(s, place, name, -1)),
        "down": lambda: changing.change(form, account, lambda s: editing.move_question(s, place, name, 1)),
    }
    if what not in acts:
        return HttpResponse(status=404)
    try:
        acts[what]()
    except words.ERRORS as error:
        words.say(request, error)
    answer = redirect("forms:design", form.pk)
    answer["Location"] += f"#q-{name}" if what != "remove" else "#questions"
    return answer


def _item(request: HttpRequest) -> RegisterItem:
    number = request.POST.get("item", "")
    items = RegisterItem.objects.select_related("register__organisation", "holder")
    return get_object_or_404(items, pk=int(number) if number.isdecimal() else 0)


@allow(*DESIGNERS)
@require_safe
def version_file(request: HttpRequest, pk: int, version: int, kind: str) -> HttpResponseBase:
    """The workbook or the XForm of a version, for other tools."""
    form = words.led(request, pk)
    found = get_object_or_404(form.versions, pk=version)
    name = f"{form.xml_form_id}-{found.version or 'draft'}"
    if kind == "form.xml":
        answer = HttpResponse(found.xform, content_type="text/xml; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.xml"'
        return answer
    if kind != "form.xlsx" or found.xlsx is None:
        return HttpResponse(status=404)
    answer = HttpResponse(content_store.path_of(found.xlsx.sha256).read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


@allow(*DESIGNERS)
@require_POST
def media(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A picture, sound or list the form names."""
    form = words.led(request, pk)
    version = changing.latest(form)
    found = get_object_or_404(version.files if version else FormVersion.objects.none(), pk=file)
    try:
        if "file" not in request.FILES:
            raise Refused("no_file", _("没有选择文件"), field="file")
        publishing.with_file(found.version, found.name, request.FILES["file"], request.user)
    except words.ERRORS as error:
        words.say(request, error)
    else:
        messages.success(request, _("文件已收下"))
    return redirect("forms:design", form.pk)
