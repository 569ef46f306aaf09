"""Every text of the interface has its English, and the English asks for the same values."""

from __future__ import annotations

import re
import sys
from gettext import GNUTranslations
from itertools import chain

import pytest
from django.template import engines

from district.kernel import registry
from district.kernel.people.roles import KERNEL_ROLES
from tools import compile_catalogues
from tools.catalogue import CATALOGUE, missing, present, used_texts

PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%%|%[sdf]|\{\w*\}")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
PROPER_NAMES = ("中文",)
"""What an English text may say in Chinese."""


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """The one form of a plain text, or all forms of a counted one."""
    return [text] if isinstance(text, str) else list(text)


def pairs() -> list[tuple[str, str]]:
    """(Chinese, English) of every text of the catalogue that has English."""
    return [
        (source, english)
        for message in present()
        if message.id
        for source in forms(message.id)[:1]
        for english in forms(message.string or "")
        if english
    ]


def test_no_text_of_the_code_lacks_english():
    lacking = missing()
    assert lacking == [], "run tools/catalogue.py and give these texts their English: " + " | ".join(lacking)


def test_the_catalogue_holds_no_text_that_the_code_has_dropped():
    used = {(message.id, message.context) for message in used_texts()}
    dropped = [
        message.id for message in present() if message.id and (message.id, message.context) not in used
    ]
    assert dropped == [], "run tools/catalogue.py"


def test_a_translation_has_the_placeholders_of_its_source():
    differing = [
        (source, english)
        for source, english in pairs()
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(english))
    ]
    assert differing == []


def test_english_is_written_without_chinese_characters():
    mixed = []
    for source, english in pairs():
        bare = english
        for name in PROPER_NAMES:
            bare = bare.replace(name, "")
        if CHINESE.search(bare):
            mixed.append((source, english))
    assert mixed == []


@pytest.mark.parametrize("system", registry.systems(), ids=lambda system: system.name)
def test_whatever_a_manifest_names_has_both_languages(system):
    for named in chain([system], system.roles, system.pages, system.kpis):
        assert CHINESE.search(named.zh), f"{named!r} has no Chinese name"
        assert named.en.strip(), f"{named!r} has no English name"
        assert not CHINESE.search(named.en), f"{named!r} has Chinese in its English name"
        assert named.zh != named.en


def test_the_roles_of_the_kernel_have_both_languages():
    for role in KERNEL_ROLES:
        assert CHINESE.search(role.zh)
        assert role.en
        assert not CHINESE.search(role.en)


def test_a_block_of_text_in_a_template_is_looked_up_without_its_line_breaks(monkeypatch):
    source = "{% trans n=3 %}\n    {{ n }}\n    条\n{% endtrans %}"
    asked: list[str] = []

    def gettext(text, **_values):
        asked.append(text)
        return text

    environment = engines["jinja2"].env
    monkeypatch.setitem(environment.globals, "gettext", gettext)
    environment.from_string(source).render()
    assert asked == ["%(n)s 条"]


def test_the_compiled_catalogue_answers_in_english(tmp_path, monkeypatch):
    copy = tmp_path / "django.po"
    copy.write_bytes(CATALOGUE.read_bytes())
    monkeypatch.setattr(sys, "argv", ["compile_catalogues.py", str(copy)])
    compile_catalogues.main()
    with copy.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert compiled.gettext("隔离报文") == "Quarantined messages"
    assert compiled.gettext("%(n)s 分钟前") % {"n": 3} == "3 min ago"
