"""A form about the households of a village, with a register to choose from, published; for tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook

from district.kernel.forms.design.publishing import form_from, publish
from district.kernel.forms.design.xform import ROWS
from district.kernel.forms.models import Entity, Form, FormFile, Project, Register, RegisterItem
from district.testing.people import account, organisation

VILLAGE = "370306102201"

SURVEY: tuple[tuple[str, ...], ...] = (
    ("type", "name", "label", "hint", "required", "calculation", "trigger", "relevant", "constraint", "constraint_message"),
    ("start", "start"),
    ("end", "end"),
    ("select_one_from_file households.csv", "household", "哪一户", "", "yes"),
    ("text", "head", "户主姓名", "来自：公安局", "", f"instance('households'){ROWS}[name=${{household}}]/head", "${household}"),
    ("integer", "people", "家庭人口", "", "yes", "", "", "", ". > 0 and . < 30", "人口应在 1 到 29 之间"),
    ("select_one yes_no", "ill", "家里有人生病吗", "", "yes"),
    ("text", "what", "需要什么帮助", "", "", "", "", "${ill} = 'y'"),
    ("image", "photo", "门牌照片"),
    ("audio", "voice", "语音说明"),
    ("note", "thanks", "**谢谢** ${head}"),
)  # fmt: skip
CHOICES = (("list_name", "name", "label"), ("yes_no", "y", "有"), ("yes_no", "n", "没有"))


def workbook(survey: tuple[tuple[str, ...], ...] = SURVEY, form_id: str = "visit") -> bytes:
    book = Workbook()
    sheets = {
        "survey": survey,
        "choices": CHOICES,
        "settings": (("form_title", "form_id", "version"), ("入户走访", form_id, "1")),
    }
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def clerk_of(village: str = VILLAGE) -> Any:
    unit = organisation(f"village_{village}", name="苏李村", kind="village", division_code=village)
    return account("affairs.clerk", unit=unit, scope="own", name="演示文书")


def register(
    project: Project, names: tuple[str, ...] = ("演示户一", "演示户二"), village: str = VILLAGE
) -> Register:
    made = Register.objects.create(
        project=project, name="households", title="户", organisation=project.organisation
    )
    RegisterItem.objects.create(register=made, name="head", title="户主姓名")
    for name in names:
        Entity.objects.create(
            register=made, label=name, division_code=village, values={"head": f"{name}的户主"}
        )
    return made


def visit_form() -> Form:
    project = Project.objects.create(name="走访", organisation=organisation())
    households = register(project)
    designer = account("affairs.asker", unit=organisation("agriculture", name="农业农村局"))
    form = form_from(project, workbook(), designer, organisation=designer.organisation)
    publish(form, designer)
    assert FormFile.objects.get(version=form.versions.get(), name="households.csv").register == households
    return form
