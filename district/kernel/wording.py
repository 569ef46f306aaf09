"""Words that files without Django say to people: marked here for the English catalogue, put into it by the page.

Such files speak Chinese: it is what the records keep, whoever reads them later in whatever language.

    KINDS = {"air": term("环境空气")}
    STUCK = Sentence("%(subject)s 恒为 %(value)s，疑似仪器卡滞")
    STUCK(subject="甲站 二氧化硫", value="3 mg/m³")     # a finished Chinese text, fit to be stored

`district.kernel.ui.saying.said` gives a word or a finished sentence in the language of the page. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final, TypeVar

Text = TypeVar("Text", bound=str)
PLACE: Final = re.compile(r"%\((\w+)\)s")


def term(text: Text) -> Text:
    """The text itself. The catalogue finds it by this call."""
    return text


class Sentence:
    """A Chinese sentence with places, `%(name)s`, for values that are texts already.

    A finished sentence can be told from any other text by its fixed parts: these must not be empty.
    """

    def __init__(self, template: str) -> None:
        if not PLACE.sub("", template).strip():
            raise ValueError(f"a sentence of places alone cannot be recognised: {template!r}")
        self.template = template
        SENTENCES.append(self)

    def __call__(self, **values: object) -> str:
        return self.template % {name: str(value) for name, value in values.items()}

    def __repr__(self) -> str:
        return f"Sentence({self.template!r})"

    @cached_property
    def fixed(self) -> int:
        """How many characters do not depend on values: the more, the surer a recognition."""
        return len(PLACE.sub("", self.template))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = PLACE.split(self.template)
        seen: set[str] = set()
        found = []
        for index, part in enumerate(parts):
            if index % 2 == 0:
                found.append(re.escape(part.replace("%%", "%")))
            elif part in seen:
                found.append(f"(?P={part})")
            else:
                seen.add(part)
                found.append(f"(?P<{part}>.*)")
        return re.compile("".join(found), re.DOTALL)

    def values_in(self, text: str) -> Mapping[str, str] | None:
        """The values of a text this sentence has made; None of another text."""
        match = self._pattern.fullmatch(text)
        return match.groupdict() if match else None


NAMES: Final[dict[str, str]] = {}
"""Chinese name → English name, from tables that have both."""


def named(zh: str, en: str) -> str:
    """The Chinese name, noted with its English one; for names that come from tables, not from the code."""
    if en:
        NAMES.setdefault(zh, en)
    return zh


SENTENCES: Final[list[Sentence]] = []
"""Every sentence of the modules that have been loaded."""
