"""培训管理: the bank, exams, courses, what units have reached; results of persons only for a reason, and noted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.files.actions import attach, keep
from district.kernel.files.refusal import Refusal
from district.kernel.people import masking
from district.kernel.people.access import may
from district.kernel.people.audit import record_act, record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Course, Exam, Lesson, Question, Sitting
from . import courses as course_acts
from . import questions as question_acts
from . import sittings
from .forms import LESSON_FILES, CourseForm, ExamForm, LessonForm, QuestionForm, WordsForm
from .keeping import RESULTS_KEPT, SMALL
from .pages import FILES_OF
from .queries import LOOKED, security_training, unit_shares
from .refused import Refused

MAKERS = ("trainer", "office")
REASONS = ("appeal", "upkeep", "audit")


def training_office(request: HttpRequest) -> HttpResponseBase:
    exams = list(Exam.objects.order_by("-is_security", "title"))
    at = now()
    shown = next(
        (exam for exam in exams if str(exam.pk) == request.GET.get("exam")), exams[0] if exams else None
    )
    shares = unit_shares(shown, at) if shown else []
    chart = Bar(
        title=_("各单位持证情况"), unit=_("人"), decimals=0, x=[share.name for share in shares], stacked=True, horizontal=True,
        traces=[Trace(_("已持证"), [share.done for share in shares]),
                Trace(_("未持证"), [share.due - share.done for share in shares])],
    )  # fmt: skip
    table = Table(
        "units",
        columns=[
            Column("name", _("单位"), filter="text"), Column("due", _("应持证人数"), format=0),
            Column("done", _("已持证人数"), format=0), Column("percent", _("持证率"), format="percent"),
        ],
        source=shares, order="name", title=_("各单位持证情况"), empty=_("还没有考试"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/training/office.html", {
        "table": table, "chart": chart, "exams": exams, "shown": shown, "small": SMALL, "security": security_training(at),
        "courses": Course.objects.order_by("title"),
        "may_see_results": may(request.user, "programme.trainer", "programme.auditor"),
        "may_make": may(request.user, *(f"programme.{role}" for role in MAKERS)),
    })  # fmt: skip


@part(of="training_office", path="training-office/questions/", roles=MAKERS)
def questions(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "questions",
        columns=[
            Column("text", _("题目"), filter="text", link=lambda row: reverse("programme:question", args=[row.pk])),
            Column("topic", _("知识点"), filter="text"),
            Column("kind", _("题型"), filter="choice", choices=dict(Question.Kind.choices)),
            Column("state", _("状态"), filter="choice", choices=dict(Question.State.choices),
                   badge={"draft": "yellow", "used": "green", "retired": "secondary"}),
            Column("made_by.name", _("出题人")), Column("checked_by.name", _("审核人")),
        ],
        source=Question.objects.select_related("made_by", "checked_by"), order="topic", title=_("题库"), empty=_("题库是空的"),
    )  # fmt: skip
    return table.respond(request) or page(
        request, "programme/training/questions.html", {"table": table, "crumbs": _crumbs()}
    )


@part(of="training_office", path="training-office/questions/new", methods=("GET", "POST"), roles=MAKERS)
def new_question(request: HttpRequest) -> HttpResponseBase:
    return _edit_question(request, Question())


@part(of="training_office", path="training-office/questions/<int:pk>/", methods=("GET", "POST"), roles=MAKERS)
def question(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _edit_question(request, get_object_or_404(Question, pk=pk))


def _edit_question(request: HttpRequest, known: Question) -> HttpResponseBase:
    is_new = known.pk is None
    form = QuestionForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        try:
            question_acts.write(form.instance, request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已保存，由他人审核后进入题库"))
            return redirect("programme:questions")
    acts: list[tuple[str, str]] = []
    if not is_new:
        stored = Question.objects.get(pk=known.pk)
        if stored.state == Question.State.DRAFT and stored.made_by_id != request.user.pk:
            acts.append(("check", _("审核通过")))
        if stored.state == Question.State.USED:
            acts.append(("retire", _("停用")))
    return page(request, "programme/training/form.html", {
        "title": _("出题") if is_new else _("试题"), "form": PageForm(form, submit=_("保存"), columns=2), "acts": acts,
        "act_url": reverse("programme:question_act", args=[known.pk, "ACT"]) if acts else "",
        "crumbs": [*_crumbs(), (_("题库"), reverse("programme:questions"))],
    })  # fmt: skip


@part(
    of="training_office",
    path="training-office/questions/<int:pk>/<slug:act>",
    methods=("POST",),
    roles=MAKERS,
)
def question_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    done = {"check": question_acts.check, "retire": question_acts.retire}.get(act)
    try:
        if done is not None:
            done(get_object_or_404(Question, pk=pk), request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme:question", pk)


@part(of="training_office", path="training-office/exams/new", methods=("GET", "POST"), roles=MAKERS)
def new_exam(request: HttpRequest) -> HttpResponseBase:
    return _edit(request, ExamForm(request.POST or None, instance=Exam()), _("新建考试"))


@part(of="training_office", path="training-office/exams/<int:pk>/", methods=("GET", "POST"), roles=MAKERS)
def edit_exam(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _edit(
        request, ExamForm(request.POST or None, instance=get_object_or_404(Exam, pk=pk)), _("考试设置")
    )


def _edit(request: HttpRequest, form: forms.ModelForm, title: str) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        record_act(
            request.user,
            "exam_saved",
            subject_kind="programme.exam",
            subject=saved.pk,
            purpose=str(saved)[:200],
        )
        messages.success(request, _("已保存"))
        return redirect("programme:training_office")
    return page(request, "programme/training/form.html", {
        "title": title, "form": PageForm(form, submit=_("保存"), columns=2), "crumbs": _crumbs(),
    })  # fmt: skip


@part(of="training_office", path="training-office/courses/new", methods=("GET", "POST"), roles=MAKERS)
def new_course(request: HttpRequest) -> HttpResponseBase:
    form = CourseForm(request.POST or None, instance=Course(made_by=request.user))
    if request.method == "POST" and form.is_valid():
        return redirect("programme:edit_course", form.save().pk)
    return page(request, "programme/training/form.html", {
        "title": _("新建课程"), "form": PageForm(form, submit=_("保存"), columns=2), "crumbs": _crumbs(),
    })  # fmt: skip


@part(of="training_office", path="training-office/courses/<int:pk>/", methods=("GET", "POST"), roles=MAKERS)
def edit_course(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its lessons, one more, and the opening."""
    found = get_object_or_404(Course, pk=pk)
    last = found.lessons.order_by("-order").first()
    form = LessonForm(request.POST or None, request.FILES or None, instance=Lesson(course=found),
                      initial={"order": last.order + 1 if last else 1})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            for upload in form.cleaned_data["upload"]:
                form.instance.file = keep(upload, request.user, "lesson", taken=LESSON_FILES)
            lesson = form.save()
        except Refusal as refusal:
            form.add_error("upload", str(refusal))
        else:
            if lesson.file is not None:
                attach(lesson.file, FILES_OF, lesson.pk, request.user, is_personal=False)
            return redirect("programme:edit_course", pk)
    return page(request, "programme/training/edit_course.html", {
        "course": found, "lessons": found.lessons.all(), "form": PageForm(form, submit=_("添加课时"), columns=2),
        "called": course_acts.called_to(found).count(), "enrolled": found.enrolments.count(),
        "done": found.enrolments.filter(done_at__isnull=False).count(), "crumbs": _crumbs(),
    })  # fmt: skip


@part(of="training_office", path="training-office/courses/<int:pk>/open", methods=("POST",), roles=MAKERS)
def open_course(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        course_acts.open_course(get_object_or_404(Course, pk=pk), request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme:edit_course", pk)


@part(of="training_office", path="training-office/results/", roles=("trainer", "auditor"))
def results(request: HttpRequest) -> HttpResponseBase:
    """By date, names masked, without points: it is no order of merit. Points are one look, with a reason, away."""
    table = Table(
        "results",
        columns=[
            Column("submitted_at", _("交卷时间"), format="moment", filter="date",
                   link=lambda row: reverse("programme:result", args=[row.pk])),
            Column("exam.title", _("考试"), filter="text"), Column("account.organisation.name", _("单位"), filter="text"),
            Column("account.name", _("姓名"), sortable=False, value=lambda row: masking.person_name(row.account.name)),
            Column("is_passed", _("通过"), filter="choice", choices={True: _("通过"), False: _("未通过")}),
            Column("certificate.number", _("证书编号"),
                   value=lambda row: getattr(getattr(row, "certificate", None), "number", "")),
        ],
        source=Sitting.objects.filter(submitted_at__isnull=False).select_related("exam", "account__organisation", "certificate"),
        order="-submitted_at", title=_("考试记录"), empty=_("还没有人考试"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/training/results.html", {
        "table": table, "crumbs": _crumbs(), "kept": RESULTS_KEPT.days // 365,
    })  # fmt: skip


@part(
    of="training_office",
    path="training-office/results/<int:pk>/",
    methods=("GET", "POST"),
    roles=("trainer", "auditor"),
)
def result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks why; then shows, and the person will see who looked."""
    found = get_object_or_404(
        Sitting.objects.select_related("exam", "account__organisation", "certificate"),
        pk=pk,
        submitted_at__isnull=False,
    )
    reasons = {"appeal": _("本人申请复核"), "upkeep": _("核对证书"), "audit": _("审计监督")}
    context: dict[str, Any] = {
        "sitting": found, "reasons": reasons, "name": masking.person_name(found.account.name), "review": None,
        "crumbs": [*_crumbs(), (_("考试记录"), reverse("programme:results"))],
        "certificate": getattr(found, "certificate", None), "may_revoke": may(request.user, "programme.trainer"),
    }  # fmt: skip
    reason = reasons.get(request.POST.get("reason", ""))
    if request.method == "POST" and reason is None:
        messages.error(request, _("请选择查看原因"))
    if reason is not None:
        record_look(
            request.user,
            LOOKED,
            found.pk,
            reason,
            ("姓名", "得分", "作答"),
            address=client_address(request) or "",
        )
        context |= {"review": sittings.review(found), "name": found.account.name}
    return page(request, "programme/training/look.html", context)


@part(
    of="training_office",
    path="training-office/results/<int:pk>/revoke",
    methods=("POST",),
    roles=("trainer",),
)
def revoke_certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Sitting, pk=pk, certificate__isnull=False)
    form = WordsForm(request.POST)
    try:
        sittings.revoke(found.certificate, request.user, form.data.get("words", ""))
        messages.success(request, _("证书已撤销"))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme:result", pk)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("培训管理"), reverse("programme:training_office"))]
