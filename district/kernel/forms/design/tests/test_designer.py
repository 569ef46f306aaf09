"""The designer's pages: a department asks for nine questions, sees that six are held, and keeps three."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel.forms.design import changing, publishing, reviews
from district.kernel.forms.design.held import held_for
from district.kernel.forms.design.pages.designer import Line, lines_of
from district.kernel.forms.design.questions import asked_of, questions_of
from district.kernel.forms.design.sheets import Sheets, write_sheets
from district.kernel.forms.design.tests.conftest import NINE, ask
from district.kernel.forms.models import Form, FormReview, Register, VersionState
from district.kernel.forms.queries import ASKERS, FILLERS
from district.kernel.forms.refused import Refused
from district.testing.people import account, organisation


@pytest.fixture
def designer(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(world.asker)
    return client


def lines(form: Form) -> list[Line]:
    return lines_of(form, changing.latest(form))[0]


def test_a_department_asks_nine_is_shown_six_are_held_and_keeps_three(
    world: SimpleNamespace, designer: Client
):
    ask(world)
    page = designer.get(reverse("forms:design", args=[world.form.pk])).content.decode()
    assert "9 道题中有 6 道区里已有" in page
    assert "已由演示police提供，直接引用" in page
    refused = designer.post(
        reverse("forms:design_act", args=[world.form.pk, "publish"]), follow=True
    ).content.decode()
    assert "确需填报的，说明理由提交审核" in refused
    held = [line for line in lines(world.form) if line.beside and line.beside.is_held]
    assert len(held) == 6
    address = reverse(
        "forms:design_question_act", args=[world.form.pk, held[0].place, held[0].question.name, "take"]
    )
    answer = designer.post(address, {"item": held[0].beside.best.known.key})
    assert answer["Location"].endswith(f"#q-{held[0].question.name}")
    designer.post(reverse("forms:design_act", args=[world.form.pk, "take-all"]))
    published = designer.post(reverse("forms:design_act", args=[world.form.pk, "publish"]), follow=True)
    assert "已发布" in published.content.decode()
    version = publishing.current(world.form)
    assert version is not None
    asked = asked_of(questions_of(version.questions))
    assert [question.label for question in asked if not question.prefill] == [
        label for _kind, label in NINE[6:]
    ]
    assert {question.save_to for question in asked if question.prefill} == {
        "head", "people", "address", "phone", "relief", "land"
    }  # fmt: skip
    assert version.files.get().register == world.register


def test_what_is_held_can_be_dropped_instead(world: SimpleNamespace, designer: Client):
    ask(world)
    held = [line for line in lines(world.form) if line.beside and line.beside.is_held]
    for line in reversed(held[-2:]):
        designer.post(
            reverse(
                "forms:design_question_act", args=[world.form.pk, line.place, line.question.name, "remove"]
            )
        )
    assert [line.question.label for line in lines(world.form)] == [
        label for _kind, label in (*NINE[:4], *NINE[6:])
    ]


def test_who_insists_needs_the_agreement_of_a_keeper(world: SimpleNamespace, designer: Client):
    ask(world)
    act = reverse("forms:design_act", args=[world.form.pk, "submit"])
    designer.post(act, {"reason": "短"})
    assert not FormReview.objects.exists()
    designer.post(act, {"reason": "夏收补贴按现场核实的数据发放"})
    review = FormReview.objects.get()
    assert (review.asked, review.held) == (9, 6)
    with pytest.raises(Refused) as refused:
        reviews.decide(review, "approved", "", world.asker)
    assert refused.value.code == "not_keeper"
    designer.force_login(world.keeper)
    assert "同意填报" in designer.get(reverse("forms:design", args=[world.form.pk])).content.decode()
    designer.post(
        reverse("forms:design_review", args=[world.form.pk]), {"outcome": "approved", "note": "同意"}
    )
    assert publishing.publish(world.form, world.asker).state == VersionState.PUBLISHED


def test_a_draft_changed_after_its_review_needs_another(world: SimpleNamespace):
    ask(world)
    review = reviews.submit(world.form, "夏收补贴按现场核实的数据发放", world.asker)
    reviews.decide(review, "approved", "", world.keeper)
    changing.add(world.form, world.asker, "text", "再问一题")
    with pytest.raises(Refused) as refused:
        publishing.publish(world.form, world.asker)
    assert refused.value.code == "needs_review"


def test_while_a_question_is_written_what_is_held_is_shown(world: SimpleNamespace, designer: Client):
    address = reverse("forms:design_held", args=[world.form.pk])
    assert "演示civil" in designer.get(address, {"label": "您的手机号码", "type": "text"}).content.decode()
    assert "可以问" in designer.get(address, {"label": "小麦产量", "type": "decimal"}).content.decode()


def test_another_live_form_that_asks_the_same_is_named(world: SimpleNamespace):
    changing.add(world.form, world.asker, "decimal", "今年小麦产量")
    publishing.publish(world.form, world.asker)
    other = publishing.new_form(
        project=world.project, organisation=world.unit, title="秋收情况", account=world.asker
    )
    assert held_for("今年小麦产量", "decimal", form=world.form) == []
    found = held_for("小麦产量", "decimal", form=other)
    assert [(each.known.kind, each.known.of) for each in found] == [("form", "夏收情况")]


def test_a_question_is_added_and_changed_on_the_page(world: SimpleNamespace, designer: Client):
    new = reverse("forms:design_new_question", args=[world.form.pk])
    assert designer.post(new, {"label": "需要哪些服务", "type": "select_one"}).status_code == 422
    harvest = {"label": "产量", "type": "decimal", "least": "0", "most": "99", "required": "on"}
    service = {
        "label": "服务",
        "type": "select_one",
        "choices": "收割\n运输",
        "of": "cl",
        "sign": ">",
        "value": "5",
    }
    assert [designer.post(new, given).status_code for given in (harvest, service)] == [302, 302]
    first, second = (line for line in lines(world.form))
    assert (first.question.constraint, first.question.is_required) == (". >= 0 and . <= 99", True)
    assert [choice.label for choice in second.question.choices] == ["收割", "运输"]
    assert second.question.relevant.endswith("> '5'")
    address = reverse("forms:design_question", args=[world.form.pk, second.place, second.question.name])
    assert "运输" in designer.get(address).content.decode()
    designer.post(address, {"label": "要什么服务", "type": "select_multiple", "choices": "收割"})
    changed = lines(world.form)[1].question
    assert (changed.label, changed.type, changed.relevant) == ("要什么服务", "select_multiple", "")


def test_a_bad_workbook_is_refused_by_cell_and_changes_nothing(world: SimpleNamespace, designer: Client):
    changing.add(world.form, world.asker, "text", "意见")
    before = changing.latest(world.form).md5
    content = write_sheets(Sheets.of({"survey": [{"type": "txt", "name": "a", "label": "甲"}]}))
    upload = SimpleUploadedFile("a.xlsx", content)
    page = designer.post(
        reverse("forms:design_act", args=[world.form.pk, "upload"]), {"xlsx": upload}, follow=True
    )
    assert "工作表 survey 第 2 行 type 列 “txt”：没有这种题型" in page.content.decode()
    assert changing.latest(world.form).md5 == before


def test_a_workbook_goes_out_and_comes_back_the_same(world: SimpleNamespace, designer: Client):
    ask(world)
    version = changing.latest(world.form)
    got = designer.get(reverse("forms:design_version_file", args=[world.form.pk, version.pk, "form.xlsx"]))
    upload = SimpleUploadedFile("a.xlsx", got.content)
    designer.post(reverse("forms:design_act", args=[world.form.pk, "upload"]), {"xlsx": upload})
    assert changing.latest(world.form).md5 == version.md5


def test_a_new_form_begins_on_the_page(world: SimpleNamespace, designer: Client):
    given = {
        "title": "农机登记", "organisation": world.unit.pk, "project": world.project.pk, "purpose": "调度", "ground": "通知",
        "keep_months": 12,
    }  # fmt: skip
    answer = designer.post(reverse("forms:new_design"), given)
    made = Form.objects.get(title="农机登记")
    assert answer["Location"] == reverse("forms:design", args=[made.pk])
    assert designer.get(reverse("forms:design", args=[made.pk])).status_code == 200
    assert "农机登记" in designer.get(reverse("forms:designs")).content.decode()


def test_a_form_of_another_department_is_not_there(world: SimpleNamespace, client: Client):
    other = account(ASKERS[-1], unit=organisation("health"), scope="own")
    client.force_login(other)
    assert client.get(reverse("forms:design", args=[world.form.pk])).status_code == 404


def test_a_filler_does_not_design(client: Client, world: SimpleNamespace):
    client.force_login(account(FILLERS[0]))
    assert client.get(reverse("forms:designs")).status_code == 403


def test_questions_are_chosen_from_what_registers_hold(world: SimpleNamespace, designer: Client):
    address = reverse("forms:design_items", args=[world.form.pk])
    assert "演示natural" in designer.get(address).content.decode()
    items = list(world.register.items.filter(name__in=("phone", "relief")).values_list("pk", flat=True))
    designer.post(address, {"item": items})
    questions = [line.question for line in lines(world.form)]
    assert [question.label for question in questions] == ["请选择户", "联系电话", "低保类别"]
    assert [choice.label for choice in questions[2].choices] == ["未享受", "农村低保"]


def test_what_is_filled_in_becomes_a_register(world: SimpleNamespace, designer: Client):
    changing.add(world.form, world.asker, "text", "值班人")
    changing.add(world.form, world.asker, "date", "值班日期")
    designer.post(reverse("forms:design_act", args=[world.form.pk, "as-register"]))
    publishing.publish(world.form, world.asker)
    register = Register.objects.exclude(pk=world.register.pk).get()
    assert register.title == "夏收情况"
    assert [(item.title, item.type) for item in register.items.all()] == [
        ("值班人", "text"),
        ("值班日期", "date"),
    ]
