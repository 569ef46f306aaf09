"""Filled forms over the REST part of ODK Central's API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.forms import intake
from district.kernel.forms.central import looking, problems, shown
from district.kernel.forms.central.bodies import body_of, json_of, text_in, whole_number
from district.kernel.forms.central.entering import phone_of
from district.kernel.forms.central.form_files import file_answer
from district.kernel.forms.central.openrosa_posts import posted
from district.kernel.forms.central.sessions import answer, success
from district.kernel.forms.filled import head_of
from district.kernel.forms.intake import take_submission, upload_of
from district.kernel.forms.models import (
    Form,
    ReviewState,
    Submission,
    SubmissionComment,
    SubmissionVersion,
)
from district.kernel.forms.queries import forms_led_by, submissions_visible_to
from district.kernel.forms.xml import MOST_BYTES, Unreadable
from district.kernel.people.audit import record_act

MOST_FILE = 60 * 1024 * 1024


def listed(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    found = submissions_visible_to(request.user, [form]).select_related("account").order_by("-pk")
    rows = _page(request, found)
    extended = looking.is_extended(request)
    current = _current(rows)
    return answer([shown.submission(row, current=current.get(row.pk), is_extended=extended) for row in rows])


def _page(request: HttpRequest, found: QuerySet[Submission]) -> list[Submission]:
    offset, limit = whole_number(request, "offset") or 0, whole_number(request, "limit")
    return list(found[offset : offset + limit] if limit is not None else found[offset:])


def _current(rows: list[Submission]) -> dict[int, SubmissionVersion]:
    wanted = {row.pk: row.current_id for row in rows}
    found = SubmissionVersion.objects.filter(submission__in=rows).defer("xml")
    return {row.submission_id: row for row in found if wanted[row.submission_id] == row.instance_id}


def created(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    """XML alone in the body (its files follow one by one), or as a phone posts it."""
    form = looking.fillable_form(request, project_id, form_id)
    if request.content_type == "multipart/form-data":
        xml, files = posted(request)
    else:
        xml, files = body_of(request, MOST_BYTES + 1), {}
    made = _taken(request, form, xml, files)
    return answer(_one(request, made))


def _taken(request: HttpRequest, form: Form, xml: bytes, files: dict[str, Any]) -> Submission:
    return take_submission(
        form, xml, files, account=request.user, app_user=phone_of(request),
        device=request.GET.get("deviceID", ""), user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip


def _one(request: HttpRequest, row: Submission) -> dict[str, Any]:
    current = _current([row]).get(row.pk)
    return shown.submission(row, current=current, is_extended=looking.is_extended(request))


def got(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    return answer(_one(request, looking.submission(request, form, instance_id)))


def edited(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    """A new version. One made from a version that is no longer the newest is merged, not refused and not in its place."""
    form = looking.form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    if not _may_edit(request, form, row):
        raise problems.no_rights()
    xml = body_of(request, MOST_BYTES + 1)
    try:
        head = head_of(xml)
    except Unreadable as error:
        raise problems.unparseable("xml", len(xml)) from error
    if not head.deprecated_id:
        raise problems.Problem(
            400.19, "This PUT endpoint expects a deprecatedID metadata tag pointing at the current version instanceID. "
            "I cannot find that tag in your request.",
        )  # fmt: skip
    if not row.versions.filter(instance_id=head.deprecated_id).exists():
        raise problems.Problem(
            404.5, "You tried to update an existing submission, but we can't find that submission to update "
            f"({head.deprecated_id})", deprecatedId=head.deprecated_id,
        )  # fmt: skip
    other = SubmissionVersion.objects.filter(submission__form=form, instance_id=head.instance_id).first()
    if other is not None and other.xml != intake.safe_xml.text_of(xml):
        raise problems.Problem(
            409.8, "You tried to update a submission, but the instanceID you provided already exists on this server. "
            "Please try again with a unique instanceID.",
        )  # fmt: skip
    return answer(_one(request, _taken(request, form, xml, {})))


def _may_edit(request: HttpRequest, form: Form, row: Submission) -> bool:
    own: Any = request.user
    return row.account_id == own.pk or forms_led_by(own).filter(pk=form.pk).exists()


def reviewed(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    form = looking.led_form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    given = json_of(request)
    state = given.get("reviewState")
    if state is not None and state not in ReviewState.values:
        raise problems.unexpected(
            "reviewState", state, "expected one of: (null, approved, hasIssues, edited, rejected)"
        )
    if "reviewState" in given:
        review(row, state or "", request.user)
    return answer(_one(request, row))


def review(row: Submission, state: str, account: Any) -> None:
    """What the unit that asked says of a submission; noted."""
    row.review_state, row.updated_at = state, now()
    row.save(update_fields=["review_state", "updated_at"])
    record_act(
        account,
        "review",
        subject_kind="forms.submission",
        subject=row.instance_id,
        purpose=state or "received",
    )


def deleted(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    form = looking.led_form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    row.deleted_at = now()
    row.save(update_fields=["deleted_at"])
    record_act(
        request.user, "delete", subject_kind="forms.submission", subject=row.instance_id, purpose=form.title
    )
    return success()


def xml(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    version = _current_version(request, project_id, form_id, instance_id)
    return HttpResponse(version.xml, content_type="application/xml; charset=utf-8")


def _current_version(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str
) -> SubmissionVersion:
    form = looking.form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    found = row.versions.select_related("submission").filter(instance_id=row.current_id).first()
    if found is None:
        raise problems.not_found()
    return found


def files(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    return _files(_current_version(request, project_id, form_id, instance_id))


def _files(version: SubmissionVersion) -> HttpResponse:
    return answer([{"name": row.name, "exists": row.file_id is not None} for row in version.files.all()])


def file(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, name: str
) -> HttpResponseBase:
    return _file(_current_version(request, project_id, form_id, instance_id), name)


def _file(version: SubmissionVersion, name: str) -> Any:
    row = version.files.select_related("file").filter(name=name).first()
    if row is None or row.file is None:
        raise problems.not_found()
    return file_answer(row.file, name=row.name)


def file_given(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, name: str
) -> HttpResponse:
    form = looking.fillable_form(request, project_id, form_id)
    version = _current_version(request, project_id, form_id, instance_id)
    if not _may_edit(request, form, version.submission):
        raise problems.no_rights()
    content = body_of(request, MOST_FILE)
    intake.add_file(version, name, upload_of(name, content), request.user)
    return success()


def file_removed(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, name: str
) -> HttpResponse:
    looking.led_form(request, project_id, form_id)
    version = _current_version(request, project_id, form_id, instance_id)
    row = version.files.filter(name=name).first()
    if row is None:
        raise problems.not_found()
    intake.remove_file(row)
    record_act(request.user, "delete", subject_kind="forms.submission", subject=instance_id, fields=[name])
    return success()


def comments(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    return answer([shown.comment(each) for each in row.comments.order_by("-pk")])


def commented(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    body = text_in(json_of(request), "body")
    if len(body) > 4000:
        raise problems.unexpected("body", body[:40], _("意见不得超过 4000 字"))
    made = SubmissionComment.objects.create(submission=row, body=body, account=request.user)
    return answer(shown.comment(made))


def versions(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    found = row.versions.defer("xml").order_by("-pk")
    return answer(
        [shown.submission_version(each, is_current=each.instance_id == row.current_id) for each in found]
    )


def _version(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, version_id: str
) -> SubmissionVersion:
    form = looking.form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    found = row.versions.select_related("submission").filter(instance_id=version_id).first()
    if found is None:
        raise problems.not_found()
    return found


def version(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, version_id: str
) -> HttpResponse:
    found = _version(request, project_id, form_id, instance_id, version_id)
    return answer(
        shown.submission_version(found, is_current=found.instance_id == found.submission.current_id)
    )


def version_xml(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, version_id: str
) -> HttpResponse:
    found = _version(request, project_id, form_id, instance_id, version_id)
    return HttpResponse(found.xml, content_type="application/xml; charset=utf-8")


def version_files(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, version_id: str
) -> HttpResponse:
    return _files(_version(request, project_id, form_id, instance_id, version_id))


def version_file(
    request: HttpRequest, project_id: int, form_id: str, instance_id: str, version_id: str, name: str
) -> HttpResponseBase:
    found: HttpResponseBase = _file(_version(request, project_id, form_id, instance_id, version_id), name)
    return found


def diffs(request: HttpRequest, project_id: int, form_id: str, instance_id: str) -> HttpResponse:
    """What each version changed of the one it was made from: `{version: [{"old", "new", "path": […]}]}`."""
    form = looking.form(request, project_id, form_id)
    row = looking.submission(request, form, instance_id)
    found = {each.instance_id: each for each in row.versions.select_related("form_version")}
    return answer(
        {
            each.instance_id: _changes(
                intake.values_of(found[each.deprecated_id]), intake.values_of(each), []
            )
            for each in found.values()
            if each.deprecated_id in found
        }
    )


def _changes(old: dict[str, Any], new: dict[str, Any], before: list[Any]) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = []
    for key in dict.fromkeys((*old, *new)):
        was, is_now, path = old.get(key), new.get(key), [*before, *key.split("/")]
        if was == is_now:
            continue
        if isinstance(was, list) or isinstance(is_now, list):
            was_rows, now_rows = was or [], is_now or []
            for at in range(max(len(was_rows), len(now_rows))):
                one = was_rows[at] if at < len(was_rows) else {}
                other = now_rows[at] if at < len(now_rows) else {}
                changes += _changes(one, other, [*path[:-1], [path[-1], at]])
            continue
        changes.append({"old": was, "new": is_now, "path": path})
    return changes


def submitters(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    found = submissions_visible_to(request.user, [form]).exclude(account=None).select_related("account")
    people = {row.account_id: row.account for row in found.order_by("account_id").distinct("account_id")}
    return answer([shown.actor(each) for each in people.values()])


def keys(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    """No form here is encrypted, so there are no keys."""
    looking.form(request, project_id, form_id)
    return answer([])
