"""Stored or composed Chinese texts in the language of the page.

`{{ alarm.message | said }}`, and `said` as the `format` of a column. A text is looked up in the catalogue; if it is not
there, it is recognised as a finished `wording.Sentence` and put together again from the English template with its
values, each said in its turn. What is no text of ours (the name of a station, what somebody has written) stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext, override

from district.kernel.ui.languages import is_english
from district.kernel.wording import NAMES, SENTENCES

CHINESE = re.compile(r"[\u3400-\u9fff]")
JOINTS = re.compile(r"(；|、|\s|（|）|：)")
IN_ENGLISH = {"；": "; ", "、": ", ", "（": " (", "）": ")", "：": ": "}
DEEPEST = 4


def said(text: Any) -> str:
    """A Chinese text of ours in the language of the page; None is empty."""
    shown = "" if text is None else str(text)
    if not CHINESE.search(shown) or not is_english():
        return shown
    return _english(shown, (len(SENTENCES), len(NAMES)), get_language() or "")


@lru_cache(maxsize=4096)
def _english(text: str, _known: tuple[int, int], language: str) -> str:
    """Remembered for as long as no further sentences or names have been loaded."""
    with override(language):
        return _put(text, 0)


def _put(text: str, depth: int) -> str:
    stripped = text.strip()
    if not CHINESE.search(stripped):
        return text
    found = NAMES.get(stripped) or gettext(stripped)
    if found != stripped or depth > DEEPEST:
        return found
    for sentence in sorted(SENTENCES, key=lambda one: -one.fixed):
        values = sentence.values_in(stripped)
        if values is not None:
            return gettext(sentence.template) % {name: _put(value, depth + 1) for name, value in values.items()}
    return _piecewise(stripped, depth)


def _piecewise(text: str, depth: int) -> str:
    """Parts of a list and words between spaces or in brackets, each by itself: `甲厂 DA001 氮氧化物（折算）`.

    Commas and full stops are no joints: a sentence somebody has written is not put into English by halves.
    """
    parts = [part for part in JOINTS.split(text) if part]
    if len(parts) < 2:
        return text
    put = [part if JOINTS.fullmatch(part) else _put(part, depth + 1) for part in parts]
    if not any(new != old for new, old in zip(put, parts, strict=True)):
        return text
    return re.sub(r" +", " ", "".join(IN_ENGLISH.get(part, part) for part in put)).strip()
