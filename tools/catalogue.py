"""Keeps the English catalogue in step with the code.

python tools/catalogue.py            adds new texts, drops those no longer used, lists what lacks English
python tools/catalogue.py FILE.tsv   takes translations from lines `中文<TAB>English` as well
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from district.kernel import registry

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "district" / "locale" / "en" / "LC_MESSAGES" / "django.po"
METHODS = [("**/tests/**", "ignore"), ("**.py", "python"), ("**/jinja2/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**/jinja2/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "term": None,
    "Sentence": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def used_texts() -> Catalog:
    """Every text the code asks gettext for, and the headings of pages in manifests, translated as they are shown.

    Raises when a template cannot be read.
    """
    found = Catalog()
    for place, line, message, _, context in extract_from_dir(
        str(ROOT / "district"), method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
    ):
        found.add(message, locations=[(place, line)], context=context)
    for system in registry.systems():
        for page in system.pages:
            if page.group:
                found.add(page.group, locations=[(f"systems/{system.name}/manifest.py", 1)])
    return found


def present() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="District", version="")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def missing() -> list[str]:
    """Texts in use that have no English yet."""
    known = present()
    return [
        str(message.id)
        for message in used_texts()
        if message.id
        and not _has_english(
            known.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        )
    ]


def _has_english(entry: object) -> bool:
    text = getattr(entry, "string", "")
    return all(text) if isinstance(text, (tuple, list)) else bool(text)


def update(translations: dict[str, str]) -> None:
    known, fresh = present(), Catalog(locale="en", project="District", version="", fuzzy=False)
    for message in used_texts():
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        entry = known.get(key, message.context)
        text = entry.string if entry is not None and _has_english(entry) else translations.get(key, "")
        if not isinstance(message.id, str) and isinstance(text, str):
            text = (text, text)
        fresh.add(message.id, text, context=message.context)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, sort_output=True, no_location=True, omit_header=False, width=0)


def main() -> None:
    translations: dict[str, str] = {}
    for name in sys.argv[1:]:
        for line in Path(name).read_text("utf-8").splitlines():
            zh, tab, en = line.partition("\t")
            if tab and en.strip():
                translations[zh.replace("\\n", "\n")] = en.strip()
    update(translations)
    for text in missing():
        print(text)


if __name__ == "__main__":
    main()
