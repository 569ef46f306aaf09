"""XForms become HTML and a model that a strict page may show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from district.kernel.forms import xml
from district.kernel.forms.tests.filling import xform
from district.kernel.forms.web.marked_text import write_marked
from district.kernel.forms.web.transformation import FOLDER, is_bundled, transform

pytestmark = pytest.mark.skipif(not is_bundled(), reason=f"{FOLDER} is not there: make setup-dev bundles it")

MARKS = {"span", "strong", "em", "a", "br"}


def changed(before: str, after: str) -> html.HtmlElement:
    source = xform().replace(before, after)
    assert source != xform()
    return html.fragment_fromstring(transform(source).html)


def test_every_question_has_a_field_and_its_label():
    form = html.fragment_fromstring(transform(xform()).html)
    names = {field.get("name") for field in form.iter("input")}
    assert {"/data/name", "/data/income/wage", "/data/members/age", "/data/place", "/data/photo"} <= names
    assert "户主" in form.text_content()
    assert form.xpath("string(.//input[@name='/data/photo']/@accept)") == "image/*"


def test_the_model_keeps_the_instance_with_its_identity():
    model = etree.fromstring(transform(xform()).model)
    data = model.find("{*}instance/{*}data")
    assert (data.get("id"), data.get("version")) == ("household", "1")
    assert data.find("{*}meta/{*}instanceID") is not None


def test_a_form_without_an_identity_gets_a_place_for_one():
    source = xform().replace("<meta><instanceID/><instanceName/></meta>", "")
    assert "instanceID" in transform(source).model


def test_nothing_of_a_label_runs():
    form = changed(
        "<label>户主</label>",
        "<label>&lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:alert(1)) **粗**</label>",
    )
    assert not form.xpath(
        ".//script | .//*[@style] | .//@*[starts-with(name(), 'on')] | .//a[starts-with(@href, 'javascript')]"
    )
    assert "<script>alert(1)</script>" in form.text_content()
    assert form.xpath("string(.//strong)") == "粗"


def test_pictures_are_named_for_the_page_to_find():
    form = changed("<label>户主</label>", "<label ref=\"jr:itext('one')\"/>")
    assert not form.xpath(".//*[starts-with(@src, 'jr:')]")
    text = (
        "<itext><translation lang='中文 (zh)'><text id='one'><value>户主</value>"
        "<value form='image'>jr://images/house.png</value></text></translation></itext></model>"
    )
    source = (
        xform().replace("<label>户主</label>", "<label ref=\"jr:itext('one')\"/>").replace("</model>", text)
    )
    form = html.fragment_fromstring(transform(source).html)
    assert form.xpath("string(.//img/@data-media)") == "house.png"
    assert form.xpath("string(.//img/@lang)") == "zh"
    assert not form.xpath(".//img/@src")


def test_what_was_hidden_by_a_style_is_hidden_by_its_attribute():
    form = html.fragment_fromstring(transform(xform()).html)
    assert form.xpath("boolean(.//fieldset[@id='or-preload-items'][@hidden])")


def test_appearances_become_classes():
    form = changed('<input ref="/data/name">', '<input ref="/data/name" appearance="multiline w1">')
    assert form.xpath("boolean(.//*[contains(@class, 'or-appearance-w1')])")


def test_what_is_found_by_typing_is_a_list_to_choose_from():
    list_of = (
        '<select1 ref="/data/name" appearance="w1 autocomplete"><label>户</label>'
        "<item><label>甲</label><value>a</value></item></select1>"
    )
    form = changed('<input ref="/data/name"><label>户主</label></input>', list_of)
    assert form.xpath("boolean(.//input[@type='radio'][@value='a'])")
    assert form.xpath("boolean(.//*[contains(@class, 'or-appearance-w1')])")
    assert not form.xpath(".//datalist")


def test_what_is_no_form_is_told():
    with pytest.raises(xml.Unreadable):
        transform("<nothing/>")


@given(st.text(alphabet="ab户<>&\"'*_#[]() \n\\/:", max_size=40))
def test_marks_of_a_label_make_few_elements_and_lose_no_letter(text: str):
    span = etree.Element("span")
    span.text = text
    write_marked(span)
    assert {each.tag for each in span.iter()} <= MARKS
    letters = [each for each in text if each in "ab户<>&"]
    if "](" not in text:
        assert [each for each in "".join(span.itertext()) if each in "ab户<>&"] == letters


def test_a_value_inside_a_marked_label_stays_where_it_was():
    span = etree.fromstring("<span>谢谢 **<b/>** 您</span>")
    write_marked(span)
    assert etree.tostring(span, encoding="unicode") == "<span>谢谢 <strong><b/></strong> 您</span>"
