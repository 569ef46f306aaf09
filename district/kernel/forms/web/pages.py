"""Pages and answers for filling in forms in the browser."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_response_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_POST, require_safe

from district.kernel.files import content_store
from district.kernel.files.models import StoredFile
from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import Form, FormFile, FormVersion, Submission, VersionState
from district.kernel.forms.queries import (
    DESIGNERS,
    FILLERS,
    forms_led_by,
    forms_to_fill,
    submissions_visible_to,
)
from district.kernel.forms.refused import Refused
from district.kernel.forms.web import packages
from district.kernel.forms.web.lists import list_text
from district.kernel.forms.web.receipts import receipt
from district.kernel.forms.web.texts import enketo_texts, own_texts
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.ui.offline import offline_worker
from district.kernel.ui.render import page
from district.kernel.ui.security_headers import PERMISSIONS

KEPT_PAGES = r"^/forms/(fill/|\d+/(fill|edit/[^/]+)/)?$"
"""Pages that open without a network. They carry no data; that is kept by the scripts, for one account."""


@allow(*FILLERS)
@require_safe
def my_forms(request: HttpRequest) -> HttpResponseBase:
    """To fill in, kept here, waiting, sent."""
    return page(request, "forms/web/my_forms.html", _context(request))


@allow(*FILLERS)
@require_safe
def fill(request: HttpRequest, pk: int = 0) -> HttpResponseBase:
    """The frame in which a form is filled in; which one, its script reads from the address."""
    if pk:
        get_object_or_404(forms_to_fill(request.user), pk=pk)
    return _filling(request)


@allow(*FILLERS)
@require_safe
def edit(request: HttpRequest, pk: int, instance: str) -> HttpResponseBase:
    """The same for a form that was sent."""
    _submission(request, pk, instance)
    return _filling(request)


@allow(*DESIGNERS)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A form's draft, or what is published, as those who fill it in will see it. Nothing is kept or sent."""
    version = _newest(get_object_or_404(forms_led_by(request.user), pk=pk))
    return _filling(request, preview=reverse("forms:package", args=[pk, version.pk]))


def _filling(request: HttpRequest, **more: Any) -> HttpResponseBase:
    answer = page(request, "forms/web/fill.html", _context(request) | more)
    answer["Permissions-Policy"] = PERMISSIONS.replace("microphone=()", "microphone=(self)")
    return answer


def _context(request: HttpRequest) -> dict[str, Any]:
    return {
        "listing": reverse("forms:listing"), "worker": reverse("forms:worker"), "shell_page": reverse("forms:shell"),
        "kept_pages": KEPT_PAGES, "own_texts": own_texts(), "enketo_texts": enketo_texts(),
        "owner": request.user.get_username(),
    }  # fmt: skip


@allow(*FILLERS)
@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """The service worker of these pages."""
    return offline_worker()


@allow(*FILLERS)
@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponseBase:
    """Whose browser this is, a fresh token for sending, the forms and what was sent."""
    return JsonResponse({
        "owner": request.user.get_username(), "csrf": get_token(request),
        "forms": packages.forms_for(request.user), "sent": packages.sent_by(request.user),
    })  # fmt: skip


def _etag(request: HttpRequest, pk: int, version: int) -> str | None:
    found = FormVersion.objects.filter(pk=version, form=pk).values_list("md5", flat=True).first()
    return f'"{found}"' if found else None


@allow(*{*FILLERS, *DESIGNERS})
@require_safe
@condition(etag_func=_etag)
def package(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    """What one version is made of."""
    return JsonResponse(packages.package_of(_version(request, pk, version)))


@allow(*{*FILLERS, *DESIGNERS})
@require_safe
def form_file(request: HttpRequest, pk: int, version: int, name: str) -> HttpResponseBase:
    """A list or picture of the form. Lists hold the records of the reader's own divisions."""
    file = get_object_or_404(
        FormFile.objects.select_related("file", "register", "version"),
        version=_version(request, pk, version),
        name=name,
    )
    if file.register is not None:
        answer = HttpResponse(
            list_text(request.user, file.register, file.version), content_type="text/csv; charset=utf-8"
        )
        answer["Cache-Control"] = "private, no-store"
        return answer
    if file.file is None:
        raise Http404(name)
    return _content(file.file, name)


@allow(*FILLERS)
@require_safe
@never_cache
def instance(request: HttpRequest, pk: int, instance: str) -> HttpResponseBase:
    """A sent form as it stands: its newest XML, and the addresses of its files."""
    submission = _submission(request, pk, instance)
    newest = get_object_or_404(submission.versions, instance_id=submission.current_id)
    if submission.account_id != request.user.pk:
        record_look(request.user, "submission", str(submission.pk), "forms.edit", ("xml",))
    files = newest.files.exclude(file=None).values_list("name", flat=True)
    return JsonResponse({
        "instance": submission.instance_id, "xml": newest.xml, "version": newest.form_version_id,
        "package": reverse("forms:package", args=[pk, newest.form_version_id]),
        "files": [{"name": name, "url": reverse("forms:instance_file", args=[pk, instance, name])} for name in files],
    } | receipt(submission))  # fmt: skip


@allow(*FILLERS)
@require_safe
def instance_file(request: HttpRequest, pk: int, instance: str, name: str) -> HttpResponseBase:
    """A file of a sent form."""
    submission = _submission(request, pk, instance)
    newest = get_object_or_404(submission.versions, instance_id=submission.current_id)
    file = get_object_or_404(newest.files.exclude(file=None).select_related("file"), name=name)
    if submission.account_id != request.user.pk:
        record_look(request.user, "submission", str(submission.pk), "forms.edit", (name,))
    assert file.file is not None
    return _content(file.file, name)


@allow(*FILLERS)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponseBase:
    """201 with the receipt, also for what came before; 4xx says what is wrong and is not sent again."""
    form = get_object_or_404(Form.objects.filter(deleted_at=None), pk=pk)
    upload = request.FILES.get("xml_submission_file")
    if upload is None:
        return _refused(Refused("no_xml", "没有填报内容", field="xml_submission_file"))
    if not forms_to_fill(request.user).filter(pk=pk).exists() and not _has_sent(request, form):
        return _refused(Refused("not_asked", "这张表没有要求您填报", central=403.1))
    files = {name: request.FILES[name] for name in request.FILES if name != "xml_submission_file"}
    try:
        submission = take_submission(
            form, upload.read(), files, account=request.user, device=request.POST.get("device", ""),
            user_agent=request.headers.get("User-Agent", ""),
        )  # fmt: skip
    except Refused as refused:
        return _refused(refused)
    return JsonResponse(receipt(submission), status=201)


def _has_sent(request: HttpRequest, form: Form) -> bool:
    """Edits of what was sent are taken after a form has been closed to new ones."""
    return Submission.objects.filter(form=form, account=request.user.pk).exists()


def _refused(refused: Refused) -> JsonResponse:
    return JsonResponse(
        {"error": refused.code, "detail": str(refused), "field": refused.field}, status=refused.status
    )


def _submission(request: HttpRequest, pk: int, instance: str) -> Submission:
    found = (
        submissions_visible_to(request.user)
        .select_related("form", "version")
        .filter(form=pk, instance_id=instance)
        .first()
    )
    if found is None:
        raise Http404(instance)
    return found


def _version(request: HttpRequest, pk: int, version: int) -> FormVersion:
    """A version that was published, to those who fill in the form; any, to those who lead it."""
    found = get_object_or_404(FormVersion.objects.select_related("form"), pk=version, form=pk)
    if forms_led_by(request.user).filter(pk=pk).exists():
        return found
    may_fill = forms_to_fill(request.user).filter(pk=pk).exists() or _has_sent(request, found.form)
    if found.state == VersionState.DRAFT or not may_fill:
        raise Http404(str(version))
    return found


def _newest(form: Form) -> FormVersion:
    order = {VersionState.DRAFT: 0, VersionState.PUBLISHED: 1}
    found = sorted(form.versions.filter(state__in=order), key=lambda each: order[VersionState(each.state)])
    if not found:
        raise Http404("no version")
    return found[0]


def _content(file: StoredFile, name: str) -> FileResponse:
    try:
        content = content_store.path_of(file.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404("the content is not there") from error
    answer = FileResponse(content, filename=name, content_type=file.media_type)
    patch_response_headers(answer, cache_timeout=0)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
