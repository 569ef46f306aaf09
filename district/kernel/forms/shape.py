"""What an XForm's answers look like: its fields in order, which of them repeat, which are files. Pure.

    shape = shape_of(version.xform)
    shape.fields[3]   # Field(path="income/wage", name="wage", type="int")

Paths are without the root, as in `Submission.values`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from district.kernel.forms import xml

STRUCTURE, REPEAT = "structure", "repeat"
XFORMS = "http://www.w3.org/2002/xforms"
GEO = frozenset({"geopoint", "geotrace", "geoshape"})


@dataclass(frozen=True)
class Field:
    """A node of the instance. `type` is that of its bind (string when it has none), or `structure`, or `repeat`.

    `repeat` is the path of the innermost repeat it lies in, `preload` what the phone fills in by itself.
    """

    path: str
    name: str
    type: str
    repeat: str = ""
    is_multiple: bool = False
    preload: str = ""


@dataclass(frozen=True)
class Shape:
    root: str
    form_id: str
    version: str
    title: str
    fields: tuple[Field, ...]
    files: tuple[str, ...]
    """Names of what the form wants beside itself: `villages.csv`, `logo.png`."""

    @property
    def repeats(self) -> frozenset[str]:
        return frozenset(field.path for field in self.fields if field.type == REPEAT)

    @property
    def uploads(self) -> frozenset[str]:
        return frozenset(field.path for field in self.fields if field.type == "binary")

    @property
    def leaves(self) -> tuple[Field, ...]:
        """Fields that hold an answer."""
        return tuple(field for field in self.fields if field.type not in (STRUCTURE, REPEAT))

    def preloaded(self, preload: str) -> Field | None:
        return next((field for field in self.fields if field.preload == preload), None)


@lru_cache(maxsize=256)
def shape_of(xform: str) -> Shape:
    """Raises xml.Unreadable for what is no XForm."""
    root = xml.read(xform.encode())
    model = root.find(f".//{{{XFORMS}}}model")
    instance = model.find(f"{{{XFORMS}}}instance") if model is not None else None
    top = next(xml.children(instance), None) if instance is not None else None
    if model is None or top is None:
        raise xml.Unreadable("no_instance", "表单没有 model/instance")
    base = f"/{xml.name_of(top)}/"
    binds = {bind.get("nodeset", "").removeprefix(base): bind for bind in model.iterfind(f"{{{XFORMS}}}bind")}
    repeats = {_path(each, "nodeset", base) for each in root.iter(f"{{{XFORMS}}}repeat")}
    multiple = {_path(each, "ref", base) for each in root.iter(f"{{{XFORMS}}}select")}
    uploads = {_path(each, "ref", base) for each in root.iter(f"{{{XFORMS}}}upload")}
    title = root.find(".//{*}head/{*}title")
    fields: list[Field] = []
    _walk(top, "", "", binds, repeats, multiple, uploads, fields)
    return Shape(
        xml.name_of(top), top.get("id") or etree.QName(top).namespace or "", top.get("version") or "",
        (title.text or "").strip() if title is not None else "", tuple(fields), tuple(_files(root, model)),
    )  # fmt: skip


def _path(element: etree._Element, attribute: str, base: str) -> str:
    return element.get(attribute, "").removeprefix(base)


def _walk(
    element: etree._Element,
    before: str,
    repeat: str,
    binds: dict[str, etree._Element],
    repeats: set[str],
    multiple: set[str],
    uploads: set[str],
    fields: list[Field],
) -> None:
    seen = set()
    for child in xml.children(element):
        name = xml.name_of(child)
        path = f"{before}{name}"
        if path in seen:
            continue  # a repeat's second copy: pyxform writes a template and a first one
        seen.add(path)
        if path in repeats:
            fields.append(Field(path, name, REPEAT, repeat))
            _walk(child, f"{path}/", path, binds, repeats, multiple, uploads, fields)
        elif len(child):
            fields.append(Field(path, name, STRUCTURE, repeat))
            _walk(child, f"{path}/", repeat, binds, repeats, multiple, uploads, fields)
        else:
            bind = binds.get(path)
            kind = (bind.get("type") if bind is not None else "") or "string"
            kind = "binary" if path in uploads else kind.rpartition(":")[2]
            fields.append(Field(path, name, kind, repeat, path in multiple, _preload(bind)))


def _preload(bind: etree._Element | None) -> str:
    if bind is None:
        return ""
    return next((value for name, value in bind.attrib.items() if str(name).endswith("}preloadParams")), "")


def _files(root: etree._Element, model: etree._Element) -> list[str]:
    """`jr://file/x.csv` of secondary instances, `jr://images/x.png` of the translations and the body."""
    found: dict[str, None] = {}
    for instance in model.iterfind(f"{{{XFORMS}}}instance"):
        _note(instance.get("src", ""), found)
    for value in root.iter(f"{{{XFORMS}}}value"):
        _note((value.text or "").strip(), found)
    return list(found)


def _note(source: str, found: dict[str, None]) -> None:
    kind, _, name = source.removeprefix("jr://").partition("/")
    if source.startswith("jr://") and kind in ("file", "file-csv", "images", "audio", "video") and name:
        found[name] = None
