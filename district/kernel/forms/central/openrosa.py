"""OpenRosa 1.0, as ODK Collect and Enketo speak it: form list, manifest, form, submission."""

from __future__ import annotations

from urllib.parse import quote
from xml.sax.saxutils import escape

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from district.kernel.forms.central import looking
from district.kernel.forms.central.entering import phone_of
from district.kernel.forms.central.form_files import md5_of_file
from district.kernel.forms.central.openrosa_posts import is_incomplete, posted
from district.kernel.forms.central.problems import Problem, openrosa_message
from district.kernel.forms.filled import head_of
from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import FormState, FormVersion, VersionState
from district.kernel.forms.queries import entities_visible_to
from district.kernel.forms.xml import Unreadable

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _checked(request: HttpRequest) -> None:
    version = request.headers.get("X-OpenRosa-Version")
    if version not in (None, "1.0"):
        raise Problem(
            400.6, f"An expected header field (X-OpenRosa-Version) did not match the expected format (got: {version}).",
            field="X-OpenRosa-Version", value=version,
        )  # fmt: skip


def _text(content: str, status: int = 200) -> HttpResponse:
    return HttpResponse(content, status=status, content_type="text/xml; charset=utf-8")


def _base(request: HttpRequest, tail: str) -> str:
    """The address of the project as the client wrote it, with the key of its phone."""
    return request.build_absolute_uri(request.path).removesuffix(tail)


def form_list(request: HttpRequest, project_id: int) -> HttpResponse:
    """Forms that are handed out: published, open, asked of the account."""
    _checked(request)
    looking.project(request, project_id)
    forms = looking.forms(request, project_id).filter(state=FormState.OPEN)
    if request.GET.get("formID"):
        forms = forms.filter(xml_form_id=request.GET["formID"])
    found = (
        FormVersion.objects.filter(form__in=forms.values("pk"), state=VersionState.PUBLISHED)
        .select_related("form")
        .prefetch_related("files")
        .order_by("form_id")
    )
    base = _base(request, "/formList")
    rows = "".join(_listed(base, version) for version in found)
    return _text(f'{HEAD}<xforms xmlns="http://openrosa.org/xforms/xformsList">{rows}</xforms>')


def _listed(base: str, version: FormVersion) -> str:
    address = f"{base}/forms/{quote(version.form.xml_form_id)}"
    has_files = any(row.file_id or row.register_id for row in version.files.all())
    manifest = f"<manifestUrl>{escape(address)}/manifest</manifestUrl>" if has_files else ""
    return (
        f"<xform><formID>{escape(version.form.xml_form_id)}</formID><name>{escape(version.form.title)}</name>"
        f"<version>{escape(version.version)}</version><hash>md5:{version.md5}</hash>"
        f"<downloadUrl>{escape(address)}.xml</downloadUrl>{manifest}</xform>"
    )


def manifest(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    _checked(request)
    form = looking.form(request, project_id, form_id)
    version = looking.published(form)
    base = _base(request, "/manifest")
    project = base.rpartition("/forms/")[0]
    rows = []
    for row in version.files.select_related("file", "register"):
        md5 = md5_of_file(row, request.user)
        if md5 is None:
            continue
        kind, integrity = "", ""
        if row.register is not None:
            kind = ' type="entityList"'
            integrity = f"<integrityUrl>{escape(project)}/datasets/{quote(row.register.name)}/integrity</integrityUrl>"
        rows.append(
            f"<mediaFile{kind}><filename>{escape(row.name)}</filename><hash>md5:{md5}</hash>"
            f"<downloadUrl>{escape(base)}/attachments/{quote(row.name)}</downloadUrl>{integrity}</mediaFile>"
        )
    return _text(
        f'{HEAD}<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{"".join(rows)}</manifest>'
    )


def integrity(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    """Which of the records a phone keeps are there no more, or not for it."""
    _checked(request)
    register = looking.register(request, project_id, name)
    asked = [each for each in request.GET.get("id", "").split(",") if each][:1000]
    try:
        found = entities_visible_to(request.user, register).filter(uuid__in=asked)
        there = {str(each) for each in found.values_list("uuid", flat=True)}
    except (ValueError, ValidationError) as error:
        raise Problem(400.8, "Unexpected id value; expected UUIDs", field="id") from error
    rows = "".join(
        f'<entity id="{escape(each)}"><deleted>{"false" if each in there else "true"}</deleted></entity>'
        for each in asked
    )
    return _text(f"{HEAD}<data><entities>{rows}</entities></data>")


def submission_head(request: HttpRequest, project_id: int) -> HttpResponse:
    """204, and where to post: the answer to a phone that asks before it sends."""
    _checked(request)
    looking.project(request, project_id)
    answer = HttpResponse(status=204)
    answer["Location"] = request.build_absolute_uri()
    return answer


def submission(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """201; 202 when the phone says that more files follow."""
    _checked(request)
    xml, files = posted(request)
    try:
        head = head_of(xml)
    except Unreadable as error:
        raise Problem(400.1, str(error), format="xml", rawLength=len(xml)) from error
    if not head.form_id:
        raise Problem(
            400.2, "Required parameter form ID xml attribute missing.", field="form ID xml attribute"
        )
    form = looking.fillable_form(request, project_id, head.form_id)
    take_submission(
        form, xml, files, account=request.user, app_user=phone_of(request),
        device=request.GET.get("deviceID", ""), user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip
    status = 202 if is_incomplete(request) else 201
    return openrosa_message("full submission upload was successful!", status)
