"""XForms into what Enketo core shows and calculates: HTML of the questions, and the model. Pure but for the stylesheets.

The stylesheets are those of enketo-transformer, put beside its bundle at set-up; what they leave open is done here.
Nothing of the result is script or inline style: texts are escaped, of Markdown only a few marks are known.
"""

from __future__ import annotations

import hashlib
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from district.kernel import home
from district.kernel.forms import xml
from district.kernel.forms.web.marked_text import write_marked
from district.kernel.forms.web.tongues import name_languages

FOLDER = home.CHECKOUT / "node_modules" / ".district" / "enketo"
XFORMS, JAVAROSA = "http://www.w3.org/2002/xforms", "http://openrosa.org/javarosa"
NAMES = {"xf": XFORMS, "h": "http://www.w3.org/1999/xhtml", "orx": "http://openrosa.org/xforms"}
RULES = "4"
"""Raised when this module writes something else from the same XForm."""
ACTIONS = ("setvalue", "setgeopoint")
TYPED = ("autocomplete", "search")
DECLARED = re.compile(r' xmlns:\w+="[^"]*"')
"""Namespaces mean nothing in HTML. Inside of texts and attributes the quotation marks are escaped."""


class NotBundled(RuntimeError):
    """The stylesheets are missing: set-up has not run."""


@dataclass(frozen=True)
class WebText:
    """`html` is one form element. `model` is the model element."""

    html: str
    model: str


def transform(xform: str) -> WebText:
    """Raises xml.Unreadable for what is no XML, NotBundled without the stylesheets."""
    source = xml.read(xform.encode())
    _name_itemsets(source)
    _show_lists(source)
    root = _styled("openrosa2html5form", source)
    form = root if root.tag == "form" else root.find("form")
    if form is None:
        raise xml.Unreadable("no_form", "XML 中没有表单")
    for action in ACTIONS:
        _move_actions(form, action)
    _write_appearances(form)
    _take_styles_away(form)
    _name_media(form)
    name_languages(form)
    for text in form.iterfind(".//span"):
        if {"question-label", "or-hint"} & set(text.get("class", "").split()):
            write_marked(text)
    model = _styled("openrosa2xmlmodel", source).find(f"{{{XFORMS}}}model")
    if model is None:
        raise xml.Unreadable("no_form", "XML 中没有表单")
    _name_instance(model)
    html = DECLARED.sub("", _written(form, "html"))
    return WebText(html, _written(model, "xml"))


def _written(element: etree._Element, method: str) -> str:
    element.tail = None
    return etree.tostring(element, encoding="unicode", method=method)


@cache
def made_with() -> str:
    """Names stylesheets and rules together."""
    digest = hashlib.sha256(RULES.encode())
    for name in ("openrosa2html5form", "openrosa2xmlmodel"):
        digest.update(_sheet(name).read_bytes())
    return digest.hexdigest()


def is_bundled() -> bool:
    """Whether set-up has put the stylesheets in their place."""
    return (FOLDER / "openrosa2html5form.xsl").is_file()


def _sheet(name: str) -> Path:
    path = FOLDER / f"{name}.xsl"
    if not path.is_file():
        raise NotBundled(f"{path} is missing: run make setup")
    return path


def _styled(name: str, source: etree._Element) -> etree._Element:
    sheet = etree.XSLT(etree.parse(_sheet(name), etree.XMLParser(resolve_entities=False, no_network=True)),
                       access_control=etree.XSLTAccessControl.DENY_ALL)  # fmt: skip
    root = sheet(source.getroottree()).getroot()
    if root is None:
        raise xml.Unreadable("no_form", "XML 中没有表单")
    return root


def _name_itemsets(source: etree._Element) -> None:
    """The stylesheet expects on each list of choices what its value and label are called."""
    for itemset in source.iterfind(f".//{{{XFORMS}}}itemset"):
        value, label = itemset.find(f"{{{XFORMS}}}value"), itemset.find(f"{{{XFORMS}}}label")
        label_ref = label.get("ref", "") if label is not None else ""
        itemset.set("valueRef", value.get("ref", "") if value is not None else "")
        itemset.set("labelRef", label_ref)
        if label_ref.startswith("jr:itext("):
            wanted = label_ref[len("jr:itext(") : -1]
            name = itemset.get("nodeset", "").partition("instance(")[2].partition(")")[0].strip("'\" ")
            for instance in source.iterfind(f".//{{{XFORMS}}}instance[@id='{name}']"):
                itemset.extend(deepcopy(each) for each in instance.iterfind(f".//{{{XFORMS}}}{wanted}"))


def _show_lists(source: etree._Element) -> None:
    """What is typed to be found is a list with a field that narrows it: nobody has to write a name letter by letter."""
    for select in source.iterfind(f".//{{{XFORMS}}}select1[@appearance]"):
        words = [word for word in select.get("appearance", "").split() if word.lower() not in TYPED]
        select.set("appearance", " ".join(words))


def _move_actions(form: etree._Element, action: str) -> None:
    """A calculation started by a question: its field stands beside the question's, not in a label of its own."""
    for field in form.xpath(f".//*[contains(@class, 'question')]//label/input[@data-{action}]"):
        label = field.getparent()
        if label.get("class", "").startswith(action):
            _put_in_place_of(label, field)
    for field in form.xpath(f".//label[contains(@class, '{action}')]/input[@data-{action}]"):
        shown = [each for each in form.iter("input", "select", "textarea")
                 if each.get("name") == field.get("name") and each.get("type") != "hidden"]  # fmt: skip
        if shown:
            for name in (f"data-{action}", "data-event"):
                shown[0].set(name, field.get(name, ""))
            _put_in_place_of(field.getparent(), None)


def _put_in_place_of(old: etree._Element, new: etree._Element | None) -> None:
    parent, tail = old.getparent(), old.tail
    assert parent is not None
    if new is not None:
        new.tail = None
        old.addprevious(new)
    previous = old.getprevious()
    if tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    old.tail = None
    parent.remove(old)


def _write_appearances(form: etree._Element) -> None:
    for each in form.xpath(".//*[@data-appearances]"):
        classes: list[str] = []
        is_choice = each.attrib.pop("data-appearances-select-type", None) is not None
        for name in each.attrib.pop("data-appearances").strip().lower().split():
            classes.append(f"or-appearance-{name}")
            if is_choice:
                classes += _columns(name)
        own = each.get("class", "").split()
        each.set("class", " ".join(
            part for name in own for part in (classes if name == "or-appearances-placeholder" else [name])
        ))  # fmt: skip


def _columns(appearance: str) -> list[str]:
    """Older names of the same looks."""
    if appearance == "horizontal":
        return ["or-appearance-columns"]
    if appearance == "horizontal-compact":
        return ["or-appearance-columns-pack"]
    if appearance == "compact":
        return ["or-appearance-columns-pack", "or-appearance-no-buttons"]
    if appearance.startswith("compact-"):
        return [appearance.removeprefix("compact-"), "or-appearance-no-buttons"]
    return []


def _take_styles_away(form: etree._Element) -> None:
    """The security policy knows no inline style: what was hidden by one is hidden by its attribute."""
    for each in form.xpath(".//*[@style]"):
        if "none" in each.attrib.pop("style"):
            each.set("hidden", "hidden")
    for each in form.iter(etree.Comment):
        _put_in_place_of(each, None)
    for heading in form.iter("h3", "h4"):
        if heading.get("id") == "form-title":
            heading.set("hidden", "hidden")
        else:  # the page's own title is the first level
            heading.set("role", "heading")
            heading.set("aria-level", "2")


def _name_media(form: etree._Element) -> None:
    """`jr://images/map.png` becomes `data-media="map.png"`; the page gives it the address of the kept file."""
    for attribute in ("src", "href"):
        for each in form.xpath(f".//*[starts-with(@{attribute}, 'jr:')]"):
            each.set("data-media", each.attrib.pop(attribute).rpartition("/")[2])


def _name_instance(model: etree._Element) -> None:
    """A form without a place for the identifier of what is filled in gets one."""
    first = next(model.iterfind(f"{{{XFORMS}}}instance/*"), None)
    if first is None:
        raise xml.Unreadable("no_instance", "表单没有主实例")
    if first.find("*/xf:instanceID", NAMES) is None and first.find("*/orx:instanceID", NAMES) is None:
        meta = first.find(f"{{{XFORMS}}}meta")
        if meta is None:
            meta = etree.SubElement(first, f"{{{XFORMS}}}meta")
        etree.SubElement(meta, f"{{{XFORMS}}}instanceID")
