"""The designer's doors: one change to the questions, and the draft is made anew of the workbook that comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.datasets.slugs import slug_of
from district.kernel.files import content_store
from district.kernel.forms.design import editing
from district.kernel.forms.design.held import held_in
from district.kernel.forms.design.publishing import current, draft_sheets
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.design.sheets import Sheets, read_sheets
from district.kernel.forms.models import Form, FormVersion, RegisterItem, VersionState
from district.kernel.forms.refused import Refused


def latest(form: Form) -> FormVersion | None:
    """The draft, else what is asked now."""
    return form.versions.filter(state=VersionState.DRAFT).first() or current(form)


def sheets_of(form: Form) -> Sheets:
    """The rows of the latest version. Raises Refused where it came as XML: that is changed where it was made."""
    version = latest(form)
    if version is None:
        return editing.blank()
    if version.xlsx is None:
        raise Refused(
            "no_workbook", _("这个表单由 XForm 文件导入，请上传 XLSForm 后再在线修改"), central=409.1
        )
    return read_sheets(content_store.path_of(version.xlsx.sha256).read_bytes())


@transaction.atomic
def change(form: Form, account: Any, act: Callable[[Sheets], Any]) -> FormVersion:
    """Raises BadForm when what comes out is no form, and leaves everything as it was."""
    Form.objects.select_for_update().get(pk=form.pk)
    sheets = sheets_of(form)
    version = latest(form)
    act(sheets)
    if version is not None and version.state != VersionState.DRAFT:
        sheets.settings.pop("version", None)  # the next one gets a number of its own
    return draft_sheets(form, sheets, account)


def add(form: Form, account: Any, kind: str, label: str, **facts: Any) -> FormVersion:
    """A question at the end; its field name is made of its label."""

    def act(sheets: Sheets) -> None:
        taken = {row["name"] for row in sheets.rows("survey")}
        name = facts.pop("name", "") or slug_of(label, taken, fallback="q")
        editing.add_question(sheets, kind, label, name, **facts)

    return change(form, account, act)


def take(form: Form, place: int, name: str, item: RegisterItem, account: Any) -> FormVersion:
    """The question is filled in from an item of a register of the form's own project."""
    if item.register.project_id != form.project_id:
        raise Refused(
            "other_project",
            _("这个台账属于别的采集项目，不能直接引用"),
            field="item",
            value=item.register.title,
        )
    return change(
        form, account, lambda sheets: editing.take_from_register(sheets, place, name, source_of(item))
    )


def take_all(form: Form, account: Any) -> FormVersion:
    """Every question whose answer a register of the project surely holds is filled in from there."""
    version = latest(form)
    beside = held_in(form, questions_of(version.questions)) if version else []
    wanted = {
        each.question.name: each.best.known.key
        for each in beside
        if each.is_held and each.best and each.best.known.is_here and not each.question.repeat
    }
    if not wanted:
        raise Refused("nothing_to_take", _("没有可以直接引用的信息"))
    items = RegisterItem.objects.select_related("register__organisation", "holder").in_bulk(wanted.values())

    def act(sheets: Sheets) -> None:
        used: set[int] = set()
        for name, key in wanted.items():
            if (
                key not in used
            ):  # an item has one answer; a second question that asks for it is left to people
                used.add(key)
                place = next(at for at, row in enumerate(sheets.rows("survey")) if row["name"] == name)
                editing.take_from_register(sheets, place, name, source_of(items[key]))

    return change(form, account, act)


def add_items(form: Form, items: Iterable[RegisterItem], account: Any) -> FormVersion:
    """Questions that are filled in from items of registers, at the end."""

    def act(sheets: Sheets) -> None:
        for item in items:
            taken = {row["name"] for row in sheets.rows("survey")}
            name = item.name if item.name not in taken else slug_of(item.title, taken, fallback="q")
            editing.add_question(sheets, "text", item.title, name)
            place = len(sheets.rows("survey")) - 1
            editing.take_from_register(sheets, place, name, source_of(item))

    return change(form, account, act)


def keep_as_register(form: Form, account: Any) -> FormVersion:
    """What is filled in becomes records of a register of the form's own: a ledger made of a form."""
    name = re.sub(r"\W+", "_", form.xml_form_id).strip("_") or f"form_{form.pk}"
    if name[0].isdigit() or name.startswith("__"):
        name = f"r_{name.strip('_')}"
    return change(form, account, lambda sheets: editing.keep_as_register(sheets, name))


def source_of(item: RegisterItem) -> editing.Source:
    return editing.Source(
        item.register.name, item.register.title, item.register.subject, item.name, item.title, item.type,
        (item.holder or item.register.organisation).name,
        tuple((str(code), str(text)) for code, text in item.choices.items()),
    )  # fmt: skip
