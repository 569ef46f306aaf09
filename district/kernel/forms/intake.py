"""The one door for filled forms: from phones, browsers and programs.

    take_submission(form, xml, {"photo.jpg": upload}, account=account, device="collect:…")

The same content may come again, with more of its files; another content under the same name is refused. An edit names
the version it was made from; whatever order they come in, all versions of a submission end in one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pgtrigger
from django.db import IntegrityError, connection, transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from district.kernel.clock import now
from district.kernel.files import content_store
from district.kernel.files.actions import Refusal, Upload, keep_attached
from district.kernel.files.models import FileLink, StoredFile
from district.kernel.forms import xml as safe_xml
from district.kernel.forms.counting import count
from district.kernel.forms.filled import Filled, Head, filled, head_of
from district.kernel.forms.models import (
    AppUser,
    Form,
    FormState,
    FormVersion,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    VersionState,
)
from district.kernel.forms.queries import may_edit
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers.submission_merging import merged
from district.kernel.forms.registers.writing import take
from district.kernel.forms.shape import Shape, shape_of

SUBJECT_KIND = "forms.submission"
PURPOSE = "填报附件"
LONGEST_ID = 120
FAMILY = """
    SELECT id FROM forms_submission WHERE form_id = %(form)s AND instance_id = ANY(%(names)s)
    UNION
    SELECT s.id FROM forms_submissionversion v JOIN forms_submission s ON s.id = v.submission_id
    WHERE v.instance_id = ANY(%(names)s) AND s.form_id = %(form)s
"""
"""Submissions that have, or once had, one of some names."""


@dataclass(frozen=True)
class _Sender:
    account: Any
    app_user: AppUser | None
    device: str
    user_agent: str


def take_submission(
    form: Form,
    xml: bytes,
    files: Mapping[str, Upload],
    *,
    account: Any,
    app_user: AppUser | None = None,
    device: str = "",
    user_agent: str = "",
    is_simulated: bool = False,
) -> Submission:
    """Keeps a filled form with its files, committed when it returns. Raises Refused.

    Codes: too_large, not_xml, doctype, too_deep, encrypted, wrong_form, no_version, closed, conflict, bad_file,
    unknown_file, not_yours.
    """
    try:
        head = head_of(xml)
    except safe_xml.Unreadable as error:
        raise Refused(error.code, str(error), field="xml", central=400.1) from error
    if head.is_encrypted:
        raise Refused("encrypted", "本平台不收加密的填报：请在表单设置中去掉公钥后重新发布", field="xml")
    if head.form_id != form.xml_form_id:
        raise Refused("wrong_form", "填报的表单代码与所投表单不符", field="form id", value=head.form_id)
    if max(len(head.instance_id), len(head.deprecated_id)) > LONGEST_ID:
        raise Refused(
            "bad_id", f"instanceID 不得超过 {LONGEST_ID} 个字符", field="instanceID", central=400.13
        )
    version = _version(form, head)
    try:
        shape = shape_of(version.xform)
        content = filled(head, shape)
    except safe_xml.Unreadable as error:
        raise Refused(error.code, str(error), field="xml", central=400.1) from error
    text = safe_xml.text_of(xml)
    sender = _Sender(account, app_user, device[:120], user_agent[:200])
    try:
        with transaction.atomic():
            return _taken(form, version, head, shape, content, text, files, sender, is_simulated)
    except IntegrityError:
        # The same one came by another way at the same moment; now it is there to be compared with.
        with transaction.atomic():
            return _taken(form, version, head, shape, content, text, files, sender, is_simulated)


def add_file(version: SubmissionVersion, name: str, upload: Upload, account: Any) -> SubmissionFile:
    """A file that the version's XML names, come later. Raises Refused `unknown_file`, `bad_file`."""
    with transaction.atomic():
        row = version.files.select_for_update().filter(name=name).first()
        if row is None:
            raise Refused(
                "unknown_file", f"填报中没有名为 {name} 的附件", field="name", value=name, central=404.1
            )
        row.file = _kept({name: upload}, account, version.submission_id)[name]
        row.save(update_fields=["file"])
    return row


def remove_file(row: SubmissionFile) -> None:
    """The place stays, named but empty."""
    row.file = None
    row.save(update_fields=["file"])


def _version(form: Form, head: Head) -> FormVersion:
    found = form.versions.filter(version=head.version).exclude(state=VersionState.DRAFT).first()
    if found is None:
        raise Refused(
            "no_version", f"表单没有版本 {head.version!r}", field="version", value=head.version, central=404.6
        )
    return found


def _taken(
    form: Form,
    version: FormVersion,
    head: Head,
    shape: Shape,
    content: Filled,
    text: str,
    files: Mapping[str, Upload],
    sender: _Sender,
    is_simulated: bool,
) -> Submission:
    known, family = _known(form, head)
    if known is not None:
        if known.xml != text:
            raise Refused(
                "conflict", "同一编号的填报已经收到，内容不同", field="instanceID", value=head.instance_id,
                central=409.1,
            )  # fmt: skip
        _add_missing(known, files, sender)
        return known.submission
    if form.state == FormState.CLOSED or form.deleted_at is not None:
        raise Refused(
            "closed", "表单已经关闭，不再接收填报", field="form", value=form.xml_form_id, central=409.2
        )
    family = _of_one_hand(form, head, family, sender)
    submission = _one_of(family, head) if family else None
    at = _written_at(content, shape)
    if submission is None:
        submission = Submission(
            form=form, version=version, instance_id=head.deprecated_id or head.instance_id,
            current_id=head.instance_id, account=sender.account, app_user=sender.app_user, device=sender.device,
            organisation_id=getattr(sender.account, "organisation_id", None), is_simulated=is_simulated,
        )  # fmt: skip
        _describe(submission, version, content, shape, sender)
        submission.save(force_insert=True)
        is_first = True
    else:
        is_first = False
    row = SubmissionVersion.objects.create(
        submission=submission, instance_id=head.instance_id, deprecated_id=head.deprecated_id, form_version=version,
        instance_name=head.instance_name[:200], xml=text, account=sender.account, app_user=sender.app_user, device=sender.device,
        user_agent=sender.user_agent, at=at,
    )  # fmt: skip
    _keep_files(row, content, files, sender)
    if not is_first:
        if not head.deprecated_id:
            _owned_by(submission, sender)  # the first version comes after an edit of it
        _renew(submission)
    take(row, version.questions)
    return submission


def _known(form: Form, head: Head) -> tuple[SubmissionVersion | None, list[Submission]]:
    """The version of that name, if it has come; and the submissions this one may belong to."""
    names = {head.instance_id, head.deprecated_id} - {""}
    if head.deprecated_id:
        # Edits of one another come one at a time, or each would open a submission of its own.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"forms.edits.{form.pk}"])
    with connection.cursor() as cursor:
        cursor.execute(FAMILY, {"form": form.pk, "names": list(names)})
        pks = [pk for (pk,) in cursor.fetchall()]
    found = list(Submission.objects.filter(pk__in=pks).order_by("pk")) if pks else []
    if not found:
        return None, []
    version = (
        SubmissionVersion.objects.filter(submission__in=found, instance_id=head.instance_id)
        .select_related("submission", "form_version")
        .first()
    )
    return version, found


def _of_one_hand(form: Form, head: Head, family: list[Submission], sender: _Sender) -> list[Submission]:
    """Those of the family that go together with the newcomer. Raises Refused `not_yours` for an edit of somebody else's.

    Who sent an edit of a form that had not come yet, and may not edit it as it turns out, keeps it apart.
    """
    if head.deprecated_id:
        for each in family:
            owner = {"owner_id": each.account_id, "organisation_id": each.organisation_id}
            if not may_edit(sender.account, form, **owner, division_code=each.division_code):
                raise Refused(
                    "not_yours", "这份填报不在您的管辖范围内，不能修改", field="deprecatedID", value=head.deprecated_id,
                    central=403.1,
                )  # fmt: skip
        return family
    unit = getattr(sender.account, "organisation", None)
    together = []
    for each in family:
        if may_edit(
            each.account, form, owner_id=getattr(sender.account, "pk", None), organisation_id=unit.pk if unit else None,
            division_code=unit.division_code if unit else "",
        ):  # fmt: skip
            together.append(each)
        else:
            each.instance_id = each.current_id
            each.save(update_fields=["instance_id"])
    return together


def _owned_by(submission: Submission, sender: _Sender) -> None:
    organisation = getattr(sender.account, "organisation", None)
    submission.account, submission.organisation = sender.account, organisation
    submission.app_user, submission.device = sender.app_user, sender.device or submission.device
    submission.division_code = (organisation.division_code if organisation else "") or submission.division_code


def _one_of(family: list[Submission], head: Head) -> Submission:
    """The submission the newcomer belongs to; two that it shows to be one become one."""
    first = next((each for each in family if each.instance_id != head.instance_id), family[0])
    for other in family:
        if other.pk != first.pk:
            # Kept as they were, but for whose they are.
            with pgtrigger.ignore("forms.SubmissionVersion:append_only"):
                SubmissionVersion.objects.filter(submission=other).update(submission=first)
            other.comments.update(submission=first)
            FileLink.objects.filter(subject_kind=SUBJECT_KIND, subject=str(other.pk)).update(
                subject=str(first.pk)
            )
            other.delete()
    if head.deprecated_id and first.instance_id == head.instance_id:
        first.instance_id = head.deprecated_id  # what came before it was taken for the first
    return first


def _describe(
    submission: Submission, version: FormVersion, content: Filled, shape: Shape, sender: _Sender
) -> None:
    submission.values = content.values
    organisation = getattr(sender.account, "organisation", None)
    counts = count(version.questions, content.values, submission.form.project_id)
    submission.division_code = (organisation.division_code if organisation else "") or counts.division_code
    submission.asked, submission.held = counts.asked, counts.held
    submission.kept, submission.changed = counts.kept, counts.changed
    submission.seconds = _seconds(content, shape)
    if not submission.device and (device := shape.preloaded("deviceid")):
        submission.device = str(content.values.get(device.path, ""))[:120]


def _renew(submission: Submission) -> None:
    """What all versions that have come amount to."""
    versions = list(submission.versions.select_related("form_version").order_by("pk"))
    newest = _newest(versions)
    submission.current_id, submission.version = newest.instance_id, newest.form_version
    submission.values, submission.conflicts = merged(versions)
    counts = count(newest.form_version.questions, submission.values, submission.form.project_id)
    submission.asked, submission.held = counts.asked, counts.held
    submission.kept, submission.changed = counts.kept, counts.changed
    submission.review_state = "edited"
    submission.updated_at = now()
    submission.save()


def _newest(versions: list[SubmissionVersion]) -> SubmissionVersion:
    """The last in time of those nobody has edited yet: the same whatever order they came in."""
    edited = {version.deprecated_id for version in versions}
    open_ends = [version for version in versions if version.instance_id not in edited] or versions
    return max(open_ends, key=lambda version: (version.at, version.instance_id))


def values_of(version: SubmissionVersion) -> dict[str, Any]:
    """The answers of one version."""
    return filled(head_of(version.xml.encode()), shape_of(version.form_version.xform)).values


def _kept(uploads: Mapping[str, Upload], account: Any, submission_id: int) -> dict[str, StoredFile]:
    """Uploads under the names the form gives them."""
    try:
        return keep_attached(uploads, account, PURPOSE, SUBJECT_KIND, submission_id)
    except Refusal as refusal:
        raise Refused("bad_file", str(refusal), field="file", value=refusal.name) from refusal


def _keep_files(
    row: SubmissionVersion, content: Filled, files: Mapping[str, Upload], sender: _Sender
) -> None:
    """Every file the XML names has its place, filled or not. What came without being named is let go, as Central does."""
    before: dict[str, int] = {}
    if row.deprecated_id:
        before = {
            name: file
            for name, file in SubmissionFile.objects.filter(
                version__submission=row.submission, file__isnull=False, name__in=content.files
            )
            .order_by("pk")
            .values_list("name", "file")
            if file is not None
        }
    named = {name: files[name] for name in content.files if name in files}
    kept = _kept(named, sender.account, row.submission_id)
    SubmissionFile.objects.bulk_create(
        SubmissionFile(version=row, name=name, file_id=kept[name].pk if name in kept else before.get(name))
        for name in content.files
    )


def _add_missing(version: SubmissionVersion, files: Mapping[str, Upload], sender: _Sender) -> None:
    """OpenRosa sends large submissions in several posts: the same XML, each time with other files."""
    for row in version.files.select_for_update().filter(name__in=list(files), file=None) if files else ():
        row.file = _kept({row.name: files[row.name]}, sender.account, version.submission_id)[row.name]
        row.save(update_fields=["file"])


def _written_at(content: Filled, shape: Shape) -> datetime:
    """When the phone says it was finished; when it came, if it does not say, or says a time to come."""
    received = now()
    told = _time(content, shape, "end") or _time(content, shape, "start")
    return min(told, received) if told else received


def _seconds(content: Filled, shape: Shape) -> int | None:
    start, end = _time(content, shape, "start"), _time(content, shape, "end")
    if start is None or end is None or end < start:
        return None
    return min(int((end - start).total_seconds()), 2**31 - 1)


def _time(content: Filled, shape: Shape, preload: str) -> datetime | None:
    field = shape.preloaded(preload)
    value = content.values.get(field.path) if field else None
    if not isinstance(value, str):
        return None
    try:
        found = parse_datetime(value.strip())
    except ValueError:
        return None
    return make_aware(found) if found is not None and is_naive(found) else found


def content_of(file: StoredFile) -> bytes:
    """The bytes of a kept file."""
    return content_store.path_of(file.sha256).read_bytes()


def md5_of(file: StoredFile) -> str:
    """OpenRosa names contents by their MD5."""
    digest = hashlib.md5(usedforsecurity=False)
    with content_store.path_of(file.sha256).open("rb") as source:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def upload_of(name: str, content: bytes) -> Upload:
    """Bytes as an upload."""
    source = BytesIO(content)
    source.name = name
    return source
