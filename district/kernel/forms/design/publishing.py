"""Forms are begun, drafted, published, closed: the doors of the designer, of the API and of seeds alike.

Every door raises `BadForm` (problems by sheet, row, column) for content that is no form, and `Refused` for what the
rules do not permit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.datasets.models import DataType
from district.kernel.files.actions import attach, keep
from district.kernel.files.models import FileLink, StoredFile
from district.kernel.forms.design import xform, xlsform
from district.kernel.forms.design.checking import FORM_ID
from district.kernel.forms.design.questions import Question, questions_of
from district.kernel.forms.models import (
    Form,
    FormFile,
    FormState,
    FormVersion,
    Project,
    Register,
    RegisterItem,
    VersionState,
)
from district.kernel.forms.refused import Refused
from district.kernel.forms.web.web_forms import prepare
from district.kernel.people.audit import record_act
from district.kernel.people.models import Organisation

__all__ = [
    "BadForm", "Refused", "draft", "form_from", "new_form", "new_version_name", "publish", "set_state", "with_file",
]  # fmt: skip

BadForm = xlsform.BadForm
VERSION_FILES = "forms.version"
"""The kind of thing the workbook and the media of a version belong to."""
DATA_TYPES = {
    "integer": DataType.INTEGER, "decimal": DataType.NUMBER, "date": DataType.DATE, "dateTime": DataType.DATETIME,
}  # fmt: skip


@transaction.atomic
def new_form(
    *,
    project: Project,
    organisation: Organisation,
    title: str,
    account: Any,
    xml_form_id: str = "",
    audience: Iterable[Organisation] = (),
    purpose: str = "",
    ground: str = "",
    keep_months: int = 36,
    is_simulated: bool = False,
) -> Form:
    """A form without questions yet. Its code is made when none is given."""
    if not title.strip():
        raise Refused("no_title", _("没有表单名称"), field="title")
    if project.is_archived:
        raise Refused("archived", _("采集项目已归档，不能再加表单"), field="project", value=project.name)
    code = xml_form_id.strip() or _free_code(project)
    if not FORM_ID.fullmatch(code):
        raise Refused(
            "bad_form_id",
            _("表单代码只能用字母、数字、下划线、点、冒号、连字符，最多 64 个"),
            field="xml_form_id",
            value=code,
        )
    if project.forms.filter(xml_form_id=code, deleted_at=None).exists():
        raise Refused(
            "form_id_taken",
            _("这个采集项目里已有代码相同的表单"),
            field="xml_form_id",
            value=code,
            central=409.3,
        )
    form = Form.objects.create(
        project=project, organisation=organisation, title=title.strip()[:120], xml_form_id=code, purpose=purpose,
        ground=ground[:200], keep_months=keep_months, created_by=_known(account), is_simulated=is_simulated,
    )  # fmt: skip
    form.audience.set(audience)
    record_act(
        account, "create", subject_kind="form", subject=str(form.pk), purpose=purpose or title, fields=()
    )
    return form


@transaction.atomic
def form_from(
    project: Project,
    content: bytes,
    account: Any,
    *,
    organisation: Organisation | None = None,
    form_id: str = "",
    title: str = "",
    **facts: Any,
) -> Form:
    """A new form with its first draft, of an xlsx or XForm. `form_id`, `title`: where the file names none."""
    design = read(content, form_id=form_id, title=title)
    form = new_form(
        project=project, organisation=organisation or project.organisation, account=account,
        title=design.title or design.form_id, xml_form_id=design.form_id, **facts,
    )  # fmt: skip
    _draft(form, design, account)
    return form


def read(content: bytes, *, form_id: str = "", title: str = "") -> xlsform.Design:
    """An xlsx, or an XForm as XML. Raises BadForm."""
    if content.lstrip()[:1] == b"<" or content.startswith(b"\xef\xbb\xbf<"):
        return xlsform.read_xform(content)
    return xlsform.read(content, form_id=form_id, title=title)


@transaction.atomic
def draft(form: Form, content: bytes, account: Any, *, is_renamed: bool = False) -> FormVersion:
    """Takes an xlsx (or an XForm) as the form's draft, in the place of one that was there.

    `is_renamed`: content that carries another form's code is taken under the code of this one.
    """
    design = read(content, form_id=form.xml_form_id, title=form.title)
    if design.form_id != form.xml_form_id:
        if not (is_renamed and design.sheets):
            raise Refused(
                "other_form_id", _("文件里的表单代码与本表单不同"), field="form_id", value=design.form_id
            )
        design.sheets.settings["form_id"] = form.xml_form_id
        design = xlsform.of_sheets(design.sheets)
    return _draft(form, design, account)


def draft_sheets(form: Form, sheets: xlsform.Sheets, account: Any) -> FormVersion:
    """The same from rows made here."""
    sheets.settings.update(form_id=form.xml_form_id, form_title=form.title)
    with transaction.atomic():
        return _draft(form, xlsform.of_sheets(sheets), account)


def _draft(form: Form, design: xlsform.Design, account: Any) -> FormVersion:
    Form.objects.select_for_update().get(pk=form.pk)
    before = form.versions.filter(state=VersionState.DRAFT).first()
    kept = {file.name: file for file in _files_of(before or current(form))}
    version = before or FormVersion(form=form, state=VersionState.DRAFT)
    version.version = design.version[:80]
    version.xform, version.md5 = design.form.xml, design.form.md5
    version.questions = [question.to_json() for question in design.questions]
    version.made_by, version.made_at = _known(account), clock.now()
    old, version.xlsx = version.xlsx, _workbook(form, design, account)
    version.save()
    _attach(version, version.xlsx, old, account)
    FormFile.objects.filter(version=version).exclude(name__in=design.form.files).delete()
    there = set(FormFile.objects.filter(version=version).values_list("name", flat=True))
    for name in design.form.files:
        if name not in there:
            given = kept[name].file if name in kept else None
            register = None if given else _register_named(form, name)
            FormFile.objects.create(version=version, name=name, file=given, register=register)
            _attach(version, given, None, account)
    Form.objects.filter(pk=form.pk).update(updated_at=clock.now())
    return version


@transaction.atomic
def publish(form: Form, account: Any, *, version: str = "") -> FormVersion:
    """Makes the draft the form that is filled from now on; the one before is retired.

    `version` overrides what the draft calls itself. A draft that names no version, gets one.
    """
    from district.kernel.forms.design.reviews import require_review

    Form.objects.select_for_update().get(pk=form.pk)
    found = form.versions.filter(state=VersionState.DRAFT).first()
    if found is None:
        raise Refused("no_draft", _("没有可发布的草稿"), central=404.1)
    require_review(found, account)
    name = version or found.version or new_version_name(form)
    if form.versions.exclude(pk=found.pk).filter(version=name).exists():
        raise Refused("version_taken", _("这个版本号已经发布过"), field="version", value=name, central=409.6)
    if name != found.version:
        found.version, found.xform = name, xform.with_version(found.xform, name)
        found.md5 = xform.md5_of(found.xform)
    _keep_registers(form, found)
    form.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    found.state, found.published_at = VersionState.PUBLISHED, clock.now()
    found.save()
    prepare(found)
    record_act(account, "publish", subject_kind="form", subject=str(form.pk), purpose=name, fields=())
    Form.objects.filter(pk=form.pk).update(updated_at=clock.now())
    return found


@transaction.atomic
def discard(form: Form, account: Any) -> None:
    """Throws the draft away; only where a published version stays."""
    found = form.versions.filter(state=VersionState.DRAFT).first()
    if found is None or current(form) is None:
        raise Refused("no_draft", _("没有可以放弃的草稿"))
    FileLink.objects.filter(subject_kind=VERSION_FILES, subject=str(found.pk)).delete()
    found.delete()


@transaction.atomic
def describe(
    form: Form, account: Any, *, title: str, purpose: str, ground: str, keep_months: int, audience: Any
) -> None:
    """What the form says of itself; its questions and its code stay."""
    form.title, form.purpose, form.ground, form.keep_months = title.strip(), purpose, ground, keep_months
    form.save()
    form.audience.set(audience)
    record_act(account, "change", subject_kind="form", subject=str(form.pk), purpose=purpose)


@transaction.atomic
def set_state(form: Form, state: str, account: Any) -> None:
    """Opens, half closes, closes."""
    if state not in FormState.values:
        raise Refused("bad_state", _("没有这种状态"), field="state", value=state)
    if form.state != state:
        form.state = state
        form.save(update_fields=("state", "updated_at"))
        record_act(
            account,
            f"state_{state}",
            subject_kind="form",
            subject=str(form.pk),
            purpose=form.title,
            fields=(),
        )


@transaction.atomic
def with_file(version: FormVersion, name: str, upload: Any, account: Any) -> FormFile:
    """Takes a picture, sound or list the form names. Raises Refusal of files, Refused for a name it does not have."""
    found = version.files.filter(name=name).first()
    if found is None:
        raise Refused("no_such_file", _("表单没有用到这个文件"), field="name", value=name)
    old = found.file
    found.file, found.register = keep(upload, account, "form_media", is_bare=False), None
    found.save()
    _attach(version, found.file, old, account)
    return found


def current(form: Form) -> FormVersion | None:
    return form.versions.filter(state=VersionState.PUBLISHED).first()


def new_version_name(form: Form) -> str:
    """Day and number: 2020071501."""
    day = f"{clock.now().astimezone(clock.CHINA):%Y%m%d}"
    number = form.versions.filter(version__startswith=day).exclude(state=VersionState.DRAFT).count() + 1
    while form.versions.exclude(state=VersionState.DRAFT).filter(version=f"{day}{number:02}").exists():
        number += 1
    return f"{day}{number:02}"


def _files_of(version: FormVersion | None) -> list[FormFile]:
    return list(version.files.select_related("file")) if version else []


def _workbook(form: Form, design: xlsform.Design, account: Any) -> StoredFile | None:
    if not design.content:
        return None
    named = SimpleUploadedFile(f"{form.xml_form_id}.xlsx", design.content)
    return keep(named, account, "xlsform", is_bare=False)


def _attach(version: FormVersion, file: StoredFile | None, old: StoredFile | None, account: Any) -> None:
    """The link keeps a file from being swept; the one it replaces is left to the sweep."""
    if file is not None:
        attach(file, VERSION_FILES, version.pk, account, is_personal=False)
    if old is not None and old != file:
        FileLink.objects.filter(file=old, subject_kind=VERSION_FILES, subject=str(version.pk)).delete()


def _register_named(form: Form, file: str) -> Register | None:
    return Register.objects.filter(project=form.project, name=file.removesuffix(".csv")).first()


def _keep_registers(form: Form, version: FormVersion) -> None:
    """What the form saves has a place: registers and items that are new are made (ODK entities: on publication)."""
    lists = xform.read(version.xform).entity_lists
    for each in lists:
        register, _made = Register.objects.get_or_create(
            project=form.project, name=each.register,
            defaults={"title": form.title[:80], "organisation": form.organisation, "is_simulated": form.is_simulated},
        )  # fmt: skip
        known = set(register.items.values_list("name", flat=True))
        saved = [
            question
            for question in questions_of(version.questions)
            if question.save_to and question.save_register == each.register
        ]
        for position, question in enumerate(saved, start=len(known) + 1):
            if question.save_to not in known:
                known.add(question.save_to)
                RegisterItem.objects.create(register=register, position=position, **_item(question))
        FormFile.objects.filter(
            version=version, name=f"{each.register}.csv", register=None, file=None
        ).update(register=register)


def _item(question: Question) -> dict[str, Any]:
    return {
        "name": question.save_to[:60],
        "title": (question.label or question.save_to)[:80],
        "type": DATA_TYPES.get(question.type, DataType.TEXT),
        "choices": {choice.name: choice.label for choice in question.choices},
    }


def _free_code(project: Project) -> str:
    number = project.forms.count() + 1
    while project.forms.filter(xml_form_id=f"form_{project.pk}_{number}").exists():
        number += 1
    return f"form_{project.pk}_{number}"


def _known(account: Any) -> Any:
    return account if getattr(account, "pk", None) else None
