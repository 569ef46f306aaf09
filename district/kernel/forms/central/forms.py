"""Forms, their drafts, versions and files."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from django.db import transaction
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.forms.central import looking, problems, shown
from district.kernel.forms.central.bodies import body_of, is_true, json_of
from district.kernel.forms.central.form_files import file_answer, md5_of_file, sent
from district.kernel.forms.central.sessions import answer, success
from district.kernel.forms.design import publishing
from district.kernel.forms.intake import upload_of
from district.kernel.forms.models import (
    Form,
    FormFile,
    FormState,
    FormVersion,
    Register,
    ReviewState,
    Submission,
    VersionState,
)
from district.kernel.forms.shape import shape_of
from district.kernel.people.audit import record_act

MOST_DEFINITION = 20 * 1024 * 1024
MOST_FILE = 60 * 1024 * 1024
EXCEL = re.compile(r"spreadsheetml|ms-excel")


def listed(request: HttpRequest, project_id: int) -> HttpResponse:
    looking.project(request, project_id)
    rows = list(looking.forms(request, project_id).prefetch_related("versions"))
    extended = looking.is_extended(request)
    return answer(
        [shown.form(row, _shown_version(row), extra=_extra(row) if extended else None) for row in rows]
    )


def _shown_version(row: Form) -> FormVersion | None:
    """The published one, else the draft."""
    versions = {version.state: version for version in row.versions.all()}
    return versions.get(VersionState.PUBLISHED) or versions.get(VersionState.DRAFT)


def _extra(row: Form) -> dict[str, Any]:
    found = Submission.objects.filter(form=row, deleted_at=None)
    totals = found.aggregate(count=Count("pk"), last=Max("created_at"))
    reviews = dict(found.values_list("review_state").annotate(count=Count("pk")))
    version = _shown_version(row)
    return {
        "submissions": totals["count"], "lastSubmission": shown.time(totals["last"]),
        "reviewStates": {
            "received": reviews.get("", 0), "hasIssues": reviews.get(ReviewState.HAS_ISSUES, 0),
            "edited": reviews.get(ReviewState.EDITED, 0),
        },
        "createdBy": shown.actor(row.created_by), "excelContentType": shown.XLSX if version and version.xlsx_id else None,
        "entityRelated": bool(version and "entities" in version.xform[:4000]),
    }  # fmt: skip


def created(request: HttpRequest, project_id: int) -> HttpResponse:
    """A new form of an xlsx or XForm in the body; with `?publish=true` at once in use."""
    project = looking.led_project(request, project_id)
    content = _definition(request)
    unit = getattr(request.user, "organisation", None)
    with transaction.atomic():
        try:
            made = publishing.form_from(
                project,
                content,
                request.user,
                organisation=unit or project.organisation,
                form_id=_fallback(request),
            )
        except publishing.Refused as refused:
            if refused.code == "form_id_taken":
                raise problems.taken(
                    ["projectId", "xmlFormId"], [str(project_id), str(refused.value)]
                ) from refused
            raise
        version = made.versions.get(state=VersionState.DRAFT)
        if is_true(request, "publish"):
            version = publishing.publish(made, request.user)
    return answer(shown.form(made, version))


def _definition(request: HttpRequest) -> bytes:
    content = body_of(request, MOST_DEFINITION)
    if not content:
        raise problems.missing("xml")
    return content


def _fallback(request: HttpRequest) -> str:
    """The name a client proposes for a workbook that names none; what a form may not be called is put right."""
    given = unquote(request.headers.get("X-XlsForm-FormId-Fallback", ""))
    return re.sub(r"[^A-Za-z0-9_.:-]", "_", given)[:64]


def got(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    return answer(
        shown.form(row, _shown_version(row), extra=_extra(row) if looking.is_extended(request) else None)
    )


def changed(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.led_form(request, project_id, form_id)
    state = json_of(request).get("state")
    if state is not None:
        if state not in FormState.values:
            raise problems.unexpected("state", state, "expected one of: (open, closing, closed)")
        publishing.set_state(row, state, request.user)
    row.refresh_from_db()
    return answer(shown.form(row, _shown_version(row)))


@transaction.atomic
def deleted(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    """The form is put away; what was filled in stays with it."""
    row = looking.led_form(request, project_id, form_id)
    row.deleted_at = now()
    row.save()
    record_act(request.user, "delete", subject_kind="form", subject=str(row.pk), purpose=row.title)
    return success()


def xml(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    version = looking.published(row)
    found = HttpResponse(version.xform, content_type="application/xml; charset=utf-8")
    found["ETag"] = f'"{version.md5}"'
    return found


def workbook(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    return _workbook(row, _shown_version(row))


def _workbook(row: Form, version: FormVersion | None) -> HttpResponse:
    if version is None or version.xlsx is None:
        raise problems.not_found()
    return file_answer(version.xlsx, name=f"{row.xml_form_id}.xlsx")


def fields(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    return answer(_fields(_shown_version(row), is_odata=is_true(request, "odata")))


def _fields(version: FormVersion | None, *, is_odata: bool) -> list[dict[str, Any]]:
    if version is None:
        raise problems.not_found()
    return [
        {
            "path": "".join(f"/{shown.odata_name(step) if is_odata else step}" for step in field.path.split("/")),
            "name": shown.odata_name(field.name) if is_odata else field.name, "type": field.type,
            "binary": True if field.type == "binary" else None,
            "selectMultiple": True if field.is_multiple else None,
        }
        for field in shape_of(version.xform).fields
    ]  # fmt: skip


def versions(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    found = row.versions.exclude(state=VersionState.DRAFT).select_related("made_by").order_by("-pk")
    return answer([shown.form(row, each, extra={"publishedBy": shown.actor(each.made_by)}) for each in found])


def _version_named(row: Form, name: str) -> FormVersion:
    """`___` is Central's word for the empty version."""
    wanted = "" if name == "___" else name
    found = row.versions.exclude(state=VersionState.DRAFT).filter(version=wanted).first()
    if found is None:
        raise problems.not_found()
    return found


def version(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    return answer(shown.form(row, _version_named(row, name)))


def version_xml(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    found = _version_named(looking.form(request, project_id, form_id), name)
    return HttpResponse(found.xform, content_type="application/xml; charset=utf-8")


def version_workbook(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    return _workbook(row, _version_named(row, name))


def version_fields(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    found = _version_named(looking.form(request, project_id, form_id), name)
    return answer(_fields(found, is_odata=is_true(request, "odata")))


def version_files(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    return _files(_version_named(looking.form(request, project_id, form_id), name))


def files(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    return _files(looking.published(looking.form(request, project_id, form_id)))


def _files(found: FormVersion) -> HttpResponse:
    rows = found.files.select_related("file", "register")
    return answer([shown.form_file(row, md5=md5_of_file(row)) for row in rows])


def file(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    row = looking.form(request, project_id, form_id)
    return sent(request, _file_named(looking.published(row), name))


def _file_named(found: FormVersion, name: str) -> FormFile:
    row = found.files.select_related("file", "register").filter(name=name).first()
    if row is None:
        raise problems.not_found()
    return row


def draft(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.led_form(request, project_id, form_id)
    return answer(shown.form(row, looking.draft(row)))


def drafted(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    """A new draft: of the body, or with an empty one of the published version as it is."""
    row = looking.led_form(request, project_id, form_id)
    content = body_of(request, MOST_DEFINITION)
    if not content:
        before = looking.published(row)
        content = before.xform.encode()
        with transaction.atomic():
            made = publishing.draft(row, content, request.user)
            made.xlsx = before.xlsx
            made.save(update_fields=["xlsx"])
        return success()
    publishing.draft(row, content, request.user, is_renamed=not _names_a_form(request))
    return success()


def _names_a_form(request: HttpRequest) -> bool:
    """XML says which form it is; a workbook may leave it to the address."""
    return not EXCEL.search(request.headers.get("Content-Type", ""))


def draft_deleted(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.led_form(request, project_id, form_id)
    looking.draft(row)
    if not row.versions.filter(state=VersionState.PUBLISHED).exists():
        raise problems.Problem(
            409.7, "Could not delete draft, because the form has not been published. Either delete the whole form, or "
            "replace the draft.",
        )  # fmt: skip
    publishing.discard(row, request.user)
    return success()


def published(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.led_form(request, project_id, form_id)
    looking.draft(row)
    publishing.publish(row, request.user, version=request.GET.get("version", ""))
    return success()


def draft_xml(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    found = looking.draft(looking.led_form(request, project_id, form_id))
    return HttpResponse(found.xform, content_type="application/xml; charset=utf-8")


def draft_workbook(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.led_form(request, project_id, form_id)
    return _workbook(row, looking.draft(row))


def draft_fields(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    found = looking.draft(looking.led_form(request, project_id, form_id))
    return answer(_fields(found, is_odata=is_true(request, "odata")))


def draft_files(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    return _files(looking.draft(looking.led_form(request, project_id, form_id)))


def draft_file(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    return sent(request, _file_named(looking.draft(looking.led_form(request, project_id, form_id)), name))


def draft_file_given(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    found = looking.draft(looking.led_form(request, project_id, form_id))
    content = body_of(request, MOST_FILE)
    row = publishing.with_file(found, name, upload_of(name, content), request.user)
    return answer({"success": True, **shown.form_file(row, md5=md5_of_file(row))})


def draft_file_linked(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    """`{"dataset": true}`: the rows of the register of that name are sent for it."""
    found = looking.draft(looking.led_form(request, project_id, form_id))
    row = _file_named(found, name)
    wanted = bool(json_of(request).get("dataset"))
    register = Register.objects.filter(project=project_id, name=name.removesuffix(".csv")).first()
    if wanted and (register is None or not name.endswith(".csv")):
        raise problems.unexpected("dataset", name, _("没有同名的台账"))
    row.register, row.file = (register, None) if wanted else (None, row.file)
    row.save()
    return answer(shown.form_file(row, md5=md5_of_file(row)))


def draft_file_removed(request: HttpRequest, project_id: int, form_id: str, name: str) -> HttpResponse:
    found = looking.draft(looking.led_form(request, project_id, form_id))
    row = _file_named(found, name)
    row.file, row.register = None, None
    row.save()
    return success()
