"""The languages of a form: `中文 (zh)` is shown as 中文 and marked `zh`. Pure."""

from __future__ import annotations

import re

from lxml import etree

NAMED = re.compile(r"^([^(]+)\(([^)]*)\)\s*$")
RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ps", "ug", "ur", "yi")


def name_languages(form: etree._Element) -> None:
    """Writes the tag where the form has its own name of the language."""
    tags: dict[str, str] = {}
    chooser = form.find(".//select[@id='form-languages']")
    if chooser is None:
        return
    for option in chooser.iterfind("option"):
        named = (option.get("value") or option.text or "").strip()
        found = NAMED.match(named)
        name, tag = (found[1].strip(), found[2].strip()) if found else (named, named)
        tags[named] = tag
        option.set("value", tag)
        option.set("data-dir", "rtl" if tag.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr")
        option.text = name
    for each in form.iterfind(".//*[@lang]"):
        each.set("lang", tags.get(each.get("lang", ""), each.get("lang", "")))
    default = chooser.get("data-default-lang", "")
    chooser.set("data-default-lang", tags.get(default, default))
