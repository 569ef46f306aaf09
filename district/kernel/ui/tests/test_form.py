from __future__ import annotations

from django import forms
from django.test import RequestFactory

from district.kernel.ui.form import PageForm, done, page_form
from district.kernel.ui.render import text_of


class Sample(forms.Form):
    name = forms.CharField(label="名称", max_length=5, help_text="最多 5 个字")
    kind = forms.ChoiceField(label="类型", choices=(("a", "甲"), ("b", "乙")), widget=forms.RadioSelect)
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="已核对")
    token = forms.CharField(widget=forms.HiddenInput, initial="x")


def html(form) -> str:
    return text_of(None, "ui/form.html", {"form": page_form(form), "csrf_input": ""})


def test_every_control_has_a_label_and_help_is_tied_to_it():
    text = html(Sample())

    assert '<label class="form-label" for="id_name">名称' in text
    assert 'aria-describedby="id_name_helptext"' in text
    assert '<small class="form-hint" id="id_name_helptext">最多 5 个字' in text
    assert '<legend class="form-label">类型' in text
    assert 'type="hidden" name="token"' in text


def test_only_optional_fields_are_marked():
    assert html(Sample()).count("选填") == 1


def test_errors_are_listed_first_linked_and_tied_to_their_field():
    text = html(Sample({"name": "太长的名称不行", "kind": "c", "token": "x"}))

    assert "有 3 处需要修改" in text
    assert '<a href="#id_name">名称</a>' in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert text.index('role="alert"') < text.index("<label")


def test_what_was_typed_is_kept_and_escaped():
    assert "&lt;b&gt;" in html(Sample({"name": "<b>"}))


def test_htmx_gets_the_form_again_and_a_whole_request_the_page(rf: RequestFactory):
    form = PageForm(Sample({}), htmx=True)

    assert form.again(rf.post("/x")) is None
    again = form.again(rf.post("/x", HTTP_HX_REQUEST="true"))
    assert again is not None
    assert b"hx-post" in again.content
    assert PageForm(Sample({})).again(rf.post("/x", HTTP_HX_REQUEST="true")) is None


def test_success_goes_on_with_and_without_htmx(rf: RequestFactory):
    assert done(rf.post("/x"), "/y/").headers["Location"] == "/y/"
    assert done(rf.post("/x", HTTP_HX_REQUEST="true"), "/y/").headers["HX-Redirect"] == "/y/"
