"""培训学习: what somebody has to learn, exams with what is already answered kept, certificates, own results and who saw them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.files.owners import owner
from district.kernel.people.access import may
from district.kernel.ui import formats
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Certificate, Course, Enrolment, Exam, Lesson, Sitting
from . import courses as acts
from . import sittings
from .forms import NumberForm
from .keeping import ANSWERS_KEPT, RESULTS_KEPT
from .queries import exams_due, looks_at, own_sittings
from .refused import Refused

FILES_OF = "programme.lesson"
owner(FILES_OF, may_look=lambda account, _subject: may(account, "staff"))


def courses(request: HttpRequest) -> HttpResponseBase:
    own = {each.course_id: each for each in Enrolment.objects.filter(account=request.user)}
    table = Table(
        "courses",
        columns=[
            Column("title", _("课程"), filter="text", link=lambda row: reverse("programme:course", args=[row.pk])),
            Column("is_mandatory", _("必修"), filter="choice", choices={True: _("必修"), False: _("选修")}),
            Column("standing", _("我的学习"), sortable=False, value=lambda row: _standing(own.get(row.pk))),
            Column("due_on", _("应完成日期"), sortable=False, format="day",
                   value=lambda row: own[row.pk].due_on if row.pk in own else None),
            Column("is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}, shown=False),
        ],
        source=Course.objects.filter(state=Course.State.OPEN), order="title", title=_("课程"), empty=_("还没有开放的课程"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/training/courses.html", {
        "table": table, "due": exams_due(request.user, now()), "exams": Exam.objects.filter(is_open=True).order_by("title"),
        "certificates": Certificate.objects.filter(account=request.user).select_related("sitting__exam"),
        "sittings": own_sittings(request.user)[:20], "looks": looks_at(request.user)[:20], "today": today(),
        "answers_kept": ANSWERS_KEPT.days, "results_kept": RESULTS_KEPT.days // 365,
    })  # fmt: skip


def _standing(found: Enrolment | None) -> str:
    if found is None:
        return _("未报名")
    if found.done_at is not None:
        return _("已学完")
    return _("逾期未学完") if found.due_on and found.due_on < today() else _("学习中")


@part(of="courses", path="training/courses/<int:pk>/")
def course(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _course_of(request, pk)
    enrolment = Enrolment.objects.filter(course=found, account=request.user).first()
    read = set(enrolment.reads.values_list("lesson_id", flat=True)) if enrolment else set()
    lessons = [
        (lesson, lesson.pk in read, _file_url(lesson)) for lesson in found.lessons.select_related("file")
    ]
    return page(request, "programme/training/course.html", {
        "course": found, "enrolment": enrolment, "lessons": lessons, "standing": _standing(enrolment),
        "exams": found.exams.filter(is_open=True), "crumbs": [(_("培训学习"), reverse("programme:courses"))],
    })  # fmt: skip


def _course_of(request: HttpRequest, pk: int) -> Course:
    """A draft is seen by those who make it only."""
    found = Course.objects.all()
    if not may(request.user, "programme.trainer", "programme.office"):
        found = found.exclude(state=Course.State.DRAFT)
    return get_object_or_404(found, pk=pk)


def _file_url(lesson: Lesson) -> str:
    from district.kernel.files.models import FileLink

    link = FileLink.objects.filter(file=lesson.file_id, subject_kind=FILES_OF, subject=str(lesson.pk)).first()
    return reverse("files:download", args=[link.pk]) if link else ""


@part(of="courses", path="training/courses/<int:pk>/enrol", methods=("POST",))
def enrol(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        acts.enrol(_course_of(request, pk), request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme:course", pk)


@part(of="courses", path="training/lessons/<int:pk>/read", methods=("POST",))
def read_lesson(request: HttpRequest, pk: int) -> HttpResponseBase:
    lesson = get_object_or_404(Lesson, pk=pk)
    enrolment = get_object_or_404(Enrolment, course=lesson.course_id, account=request.user)
    acts.read(enrolment, lesson, request.user)
    return redirect("programme:course", lesson.course_id)


@part(of="courses", path="training/exams/<int:pk>/")
def exam(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The published rules, and whether the reader may sit it now."""
    found = get_object_or_404(Exam, pk=pk, is_open=True)
    at = now()
    running = Sitting.objects.filter(
        exam=found, account=request.user, submitted_at__isnull=True, due_at__gt=at
    ).first()
    chance = sittings.chance_of(found, request.user, at)
    return page(request, "programme/training/exam.html", {
        "exam": found, "running": running, "why_not": sittings.chance_words(chance),
        "full": sittings.full_points(found.blueprint),
        "kinds": dict(sittings.Question.Kind.choices), "sittings": own_sittings(request.user).filter(exam=found),
        "crumbs": [(_("培训学习"), reverse("programme:courses"))],
    })  # fmt: skip


@part(of="courses", path="training/exams/<int:pk>/begin", methods=("POST",))
def begin_exam(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        sitting = sittings.begin(get_object_or_404(Exam, pk=pk), request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("programme:exam", pk)
    return redirect("programme:sitting", sitting.pk)


@part(of="courses", path="training/sittings/<int:pk>/")
def sitting(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper while it is open, the result afterwards; of oneself only."""
    found = get_object_or_404(own_sittings(request.user), pk=pk)
    if found.submitted_at is None and now() > found.due_at + sittings.GRACE:
        sittings.close_overdue()
        found = get_object_or_404(own_sittings(request.user), pk=pk)
    if found.submitted_at is not None:
        certificate = getattr(found, "certificate", None)
        return page(request, "programme/training/result.html", {
            "sitting": found, "certificate": certificate, "review": sittings.review(found),
            "crumbs": [(_("培训学习"), reverse("programme:courses"))],
        })  # fmt: skip
    questions = [
        {"place": place, "kind": each["kind"], "text": each["text"], "choices": each["choices"], "points": each["points"],
         "chosen": found.answers.get(str(place), [])} for place, each in enumerate(found.paper)
    ]  # fmt: skip
    answer = page(request, "programme/training/paper.html", {
        "sitting": found, "questions": questions, "kinds": dict(sittings.Question.Kind.choices), "left_s": _left_s(found),
        "crumbs": [(_("培训学习"), reverse("programme:courses"))],
    })  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


def _left_s(found: Sitting) -> int:
    return max(0, round((found.due_at - now()).total_seconds()))


@part(of="courses", path="training/sittings/<int:pk>/save", methods=("POST",))
def save_sitting(request: HttpRequest, pk: int) -> HttpResponseBase:
    """After each answer, by the page itself; says in words whether it was kept."""
    found = get_object_or_404(Sitting, pk=pk, account=request.user)
    try:
        saved = sittings.save(found, request.user, _given(request))
    except Refused as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    words = _("已保存 %(n)s 题，%(when)s") % {"n": len(saved.answers), "when": formats.second(saved.saved_at)}
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@part(of="courses", path="training/sittings/<int:pk>/submit", methods=("POST",))
def submit_sitting(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Sitting, pk=pk, account=request.user)
    try:
        sittings.save(found, request.user, _given(request))
        sittings.submit(found, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme:sitting", pk)


def _given(request: HttpRequest) -> dict[str, list[str]]:
    return {
        name.removeprefix("q"): request.POST.getlist(name) for name in request.POST if name.startswith("q")
    }


def certificates(request: HttpRequest) -> HttpResponseBase:
    """Anybody with number and code: does it stand, for what, until when, whose (masked)."""
    from district.kernel.people import masking

    given: Any = (
        request.POST if request.method == "POST" else (request.GET if "number" in request.GET else None)
    )
    form = NumberForm(given)
    shown: dict[str, Any] | None = None
    is_asked = form.is_bound and form.is_valid()
    if is_asked:
        found = sittings.verified(form.cleaned_data["number"], form.cleaned_data["code"])
        if found is not None:
            shown = {
                "certificate": found, "name": masking.person_name(found.account.name), "is_over": found.until_on < today(),
                "unit": found.account.organisation.name if found.account.organisation else "",
            }  # fmt: skip
    answer = page(
        request, "programme/training/certificates.html", {"form": form, "shown": shown, "is_asked": is_asked}
    )
    answer["Cache-Control"] = "no-store"
    return answer
