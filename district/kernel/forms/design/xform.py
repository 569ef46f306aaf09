"""What an XForm asks (ODK XForms specification): questions, lists, files, entities, read from its XML. No Django.

One reading for all that comes in: forms made by pyxform and forms that arrive as XML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from district.kernel.forms.design.questions import Choice, Prefill, Question
from district.kernel.wording import Sentence, term

XF = "{http://www.w3.org/2002/xforms}"
H = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
ODK = "{http://www.opendatakit.org/xforms}"
ENTITIES = "{http://www.opendatakit.org/xforms/entities}"
BAD_XML = Sentence("第 %(row)s 行不是合法的 XML：%(why)s")
PRELOADS = {"start": "start", "end": "end", "today": "today"}
BIND_TYPES = {
    "string": "text", "int": "integer", "decimal": "decimal", "boolean": "text", "binary": "file",
    "odk:rank": "rank", "long": "integer", "double": "decimal",
}  # fmt: skip
UPLOADS = {"image/*": "image", "audio/*": "audio", "video/*": "video"}
ROWS = "/".join(("", "root", "item"))
"""Where an external list has its rows, below `instance('<list>')`."""
_LOOKUP = re.compile(
    r"^\s*instance\(\s*['\"](?P<register>[^'\"]+)['\"]\s*\)"
    + ROWS
    + r"\[\s*name\s*=\s*(?P<key>/[\w./-]+)\s*\]/(?P<item>[\w.-]+)\s*$"
)
_MEDIA = re.compile(r"jr://(?:file|file-csv|images|audio|video)/([^\s\"'<>]+)")


class BadXForm(ValueError):
    """`code`: not_xml, no_model, no_form_id."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class EntityList:
    """That a submission makes or changes a record of `register`; `container` is the path of `meta` around it."""

    register: str
    creates: bool
    updates: bool
    container: str = ""


@dataclass(frozen=True)
class XForm:
    """`files`: names of the files a phone fetches with it."""

    form_id: str
    version: str
    title: str
    questions: tuple[Question, ...]
    files: tuple[str, ...]
    entity_lists: tuple[EntityList, ...]
    is_encrypted: bool
    xml: str

    @property
    def md5(self) -> str:
        return md5_of(self.xml)


def md5_of(xml: str) -> str:
    return hashlib.md5(xml.encode(), usedforsecurity=False).hexdigest()


def parsed(xml: str | bytes) -> Any:
    """The tree; no entities, no DTD, nothing fetched. Raises BadXForm."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml.encode() if isinstance(xml, str) else xml, parser)
    except etree.XMLSyntaxError as error:
        raise BadXForm("not_xml", BAD_XML(row=error.lineno, why=error.msg)) from error
    if root.getroottree().docinfo.doctype:
        raise BadXForm("not_xml", term("XML 不能带 DOCTYPE"))
    return root


def read(xml: str | bytes) -> XForm:
    """Raises BadXForm."""
    root = parsed(xml)
    model = root.find(f"{H}head/{XF}model")
    instance = None if model is None else model.find(f"{XF}instance")
    if instance is None or len(instance) == 0:
        raise BadXForm("no_model", term("不是 XForm：没有 h:head/model/instance"))
    data = instance[0]
    form_id = data.get("id", "")
    if not form_id:
        raise BadXForm("no_form_id", term("XForm 的主实例没有 id 属性（表单代码）"))
    text = xml if isinstance(xml, str) else xml.decode("utf-8")
    return XForm(
        form_id, data.get("version", ""), (root.findtext(f"{H}head/{H}title") or "").strip(),
        tuple(_Reading(root, model, data).questions()), tuple(dict.fromkeys(_MEDIA.findall(text))),
        tuple(_entity_lists(data)), model.find(f"{XF}submission[@base64RsaPublicKey]") is not None, text,
    )  # fmt: skip


def with_version(xml: str, version: str) -> str:
    """The same form under another version."""
    root = parsed(xml)
    root.find(f"{H}head/{XF}model/{XF}instance")[0].set("version", version)
    return '<?xml version="1.0"?>\n' + etree.tostring(root, encoding="unicode")


class _Reading:
    """Joins the three places an XForm keeps a question in: instance, bind, control."""

    def __init__(self, root: Any, model: Any, data: Any) -> None:
        self._root_path = f"/{etree.QName(data).localname}"
        self._data = data
        self._repeats: set[str] = set()
        self._binds = {bind.get("nodeset"): bind for bind in model.findall(f"{XF}bind")}
        self._texts = _texts(model)
        self._instances = {each.get("id"): each for each in model.findall(f"{XF}instance") if each.get("id")}
        self._controls: dict[str, tuple[Any, str]] = {}
        self._lookups = {each.get("ref"): each.get("value", "") for each in root.iter(f"{XF}setvalue")}
        body = root.find(f"{H}body")
        if body is not None:
            self._collect(body, "")
        self._containers = {each.container: each.register for each in _entity_lists(data)}
        self._groups = {
            group.get("ref"): self._words(group.find(f"{XF}label")) for group in root.iter(f"{XF}group")
        }

    def questions(self) -> Iterator[Question]:
        yield from self._below(self._data, self._root_path, "")

    def _below(self, node: Any, path: str, repeat: str) -> Iterator[Question]:
        done = set()
        for child in node:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child).localname
            at = f"{path}/{name}"
            if name == "meta" or at in done:
                continue
            done.add(at)
            inner = (
                self._plain(at) if child.get(f"{JR}template") is not None or at in self._repeats else repeat
            )
            if len(child):
                yield from self._below(child, at, inner)
            elif at in self._binds or at in self._controls:
                yield self._question(at, name, child, inner)

    def _collect(self, node: Any, group: str) -> None:
        for child in node:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child).localname
            if name == "group":
                self._collect(child, child.get("ref") or group)
            elif name == "repeat":
                self._repeats.add(child.get("nodeset", ""))
                self._collect(child, group)
            elif child.get("ref"):
                self._controls[child.get("ref")] = (child, group)

    def _question(self, at: str, name: str, node: Any, repeat: str) -> Question:
        bind = self._binds.get(at)
        facts = {} if bind is None else bind.attrib
        control, group = self._controls.get(at, (None, ""))
        calculation = facts.get("calculate", "")
        kind = _type(facts, control, calculation)
        held = self._prefill(self._lookups.get(at, "") or calculation)
        return Question(
            path=self._plain(at), name=name, type=kind,
            label=self._words(None if control is None else control.find(f"{XF}label")),
            hint=self._words(None if control is None else control.find(f"{XF}hint")),
            group=self._groups.get(group, ""), repeat=repeat,
            is_required=facts.get("required", "") == "true()", is_read_only=facts.get("readonly", "") == "true()",
            constraint=facts.get("constraint", ""), constraint_message=self._said(facts.get(f"{JR}constraintMsg", "")),
            relevant=facts.get("relevant", "").strip(), calculation=calculation, default=(node.text or "").strip(),
            appearance="" if control is None else control.get("appearance", ""),
            choices=self._choices(control), register=self._register(control), prefill=held,
            save_to=facts.get(f"{ENTITIES}saveto", ""), save_register=self._saved_in(at, facts),
        )  # fmt: skip

    def _plain(self, at: str) -> str:
        return at.removeprefix(f"{self._root_path}/")

    def _prefill(self, expression: str) -> Prefill | None:
        found = _LOOKUP.match(expression)
        return Prefill(found["register"], found["item"], self._plain(found["key"])) if found else None

    def _saved_in(self, at: str, facts: Any) -> str:
        """The register of the nearest entity around a question that is saved."""
        if not facts.get(f"{ENTITIES}saveto"):
            return ""
        inside = self._plain(at).rsplit("/", 1)[0] if "/" in self._plain(at) else ""
        while inside and inside not in self._containers:
            inside = inside.rsplit("/", 1)[0] if "/" in inside else ""
        return self._containers.get(inside, "")

    def _register(self, control: Any) -> str:
        """The list of a `select_one_from_file`."""
        itemset = None if control is None else control.find(f"{XF}itemset")
        found = re.search(r"instance\('([^']+)'\)", "" if itemset is None else itemset.get("nodeset", ""))
        instance = self._instances.get(found[1]) if found else None
        source = "" if instance is None else instance.get("src", "")
        return source.rsplit("/", 1)[-1].removesuffix(".csv") if source.startswith("jr://file-csv/") else ""

    def _choices(self, control: Any) -> tuple[Choice, ...]:
        if control is None:
            return ()
        inline = [
            Choice((item.findtext(f"{XF}value") or "").strip(), self._words(item.find(f"{XF}label")))
            for item in control.findall(f"{XF}item")
        ]
        itemset = control.find(f"{XF}itemset")
        found = re.search(r"instance\('([^']+)'\)", "" if itemset is None else itemset.get("nodeset", ""))
        instance = self._instances.get(found[1]) if found else None
        if inline or instance is None or instance.get("src"):
            return tuple(inline)
        return tuple(
            Choice(
                (item.findtext(f"{XF}name") or "").strip(),
                item.findtext(f"{XF}label") or self._texts.get(item.findtext(f"{XF}itextId") or "", ""),
            )
            for item in instance.iter(f"{XF}item")
        )

    def _words(self, node: Any) -> str:
        """The words of a label; what is put in from answers stands as …."""
        if node is None:
            return ""
        if node.get("ref"):
            return self._said(node.get("ref"))
        return " ".join("".join(_spoken(node)).split())

    def _said(self, text: str) -> str:
        found = re.match(r"jr:itext\('([^']*)'\)", text)
        return self._texts.get(found[1], "") if found else text


def _spoken(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        yield "…" if isinstance(child.tag, str) else ""
        yield child.tail or ""


def _texts(model: Any) -> dict[str, str]:
    """Texts of the form's default language, else of the first."""
    itext = model.find(f"{XF}itext")
    languages = [] if itext is None else itext.findall(f"{XF}translation")
    if not languages:
        return {}
    chosen = next((each for each in languages if each.get("default") is not None), languages[0])
    found = {}
    for text in chosen.findall(f"{XF}text"):
        plain = next((value for value in text.findall(f"{XF}value") if value.get("form") is None), None)
        found[text.get("id")] = "" if plain is None else " ".join("".join(_spoken(plain)).split())
    return found


def _type(facts: Any, control: Any, calculation: str) -> str:
    preload = facts.get(f"{JR}preload", "")
    if preload:
        return PRELOADS.get(
            facts.get(f"{JR}preloadParams", ""), facts.get(f"{JR}preloadParams", "") or "hidden"
        )
    if control is None:
        return "calculate" if calculation else "hidden"
    tag = etree.QName(control).localname
    by_tag = {"select1": "select_one", "select": "select_multiple", "trigger": "acknowledge", "rank": "rank"}
    if tag == "upload":
        return UPLOADS.get(control.get("mediatype", ""), "file")
    if tag in by_tag:
        return by_tag[tag]
    if facts.get("readonly", "") == "true()" and not calculation and control.get("query") is None:
        return "note"
    kind = facts.get("type", "string")
    return BIND_TYPES.get(kind, kind)


def _entity_lists(data: Any) -> Iterator[EntityList]:
    for entity in data.iter(f"{XF}entity"):
        around: list[str] = []
        node = entity.getparent().getparent()
        while node is not None and node is not data:
            around.insert(0, etree.QName(node).localname)
            node = node.getparent()
        yield EntityList(
            entity.get("dataset", ""),
            entity.get("create") is not None,
            entity.get("update") is not None,
            "/".join(around),
        )
