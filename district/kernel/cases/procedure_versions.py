"""Versions of procedures: found, read once in each process, published from the shipped files."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from functools import lru_cache
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from district.kernel import registry
from district.kernel.cases.engine_drawing import Drawing, DrawingRefused, drawing
from district.kernel.cases.models import ProcedureVersion, VersionState
from district.kernel.cases.refused import Refused
from district.kernel.clock import now
from district.kernel.people.roles import is_known
from district.kernel.vocabulary import Procedure, System


def procedure_of(system: str, key: str) -> Procedure:
    """The procedure of that name; Refused `no_procedure` when no manifest names it."""
    try:
        return registry.system(system).procedure(key)
    except KeyError:
        text = _("没有办理流程 %(name)s") % {"name": f"{system}.{key}"}
        raise Refused("no_procedure", text, field="procedure", value=key) from None


def current(system: str, key: str) -> ProcedureVersion:
    """The version new cases take: the published one of highest number, of the shipped file when there is none yet."""
    found = (
        ProcedureVersion.objects.filter(system=system, key=key, state=VersionState.PUBLISHED)
        .defer("bpmn", "dmn").order_by("-number").first()
    )  # fmt: skip
    return found or publish_shipped(registry.system(system), procedure_of(system, key))


def publish_all_shipped() -> list[ProcedureVersion]:
    """Publishes every shipped file that has changed since it was last published."""
    return [publish_shipped(system, procedure) for system, procedure in registry.procedures()]


def publish_shipped(system: System, procedure: Procedure) -> ProcedureVersion:
    """The version made of the shipped file, published anew when the file has changed.

    Where a department has published a drawing of its own, that stays the current one: the changed file comes as a
    draft, which the department may try and publish.
    """
    bpmn, dmn = shipped(system, procedure)
    digest = digest_of(bpmn, dmn)
    versions = ProcedureVersion.objects.filter(system=system.name, key=procedure.key)
    known = versions.filter(is_shipped=True, digest=digest).first()
    if known is not None:
        return known
    checked(system, bpmn, dmn)
    newest = versions.filter(state=VersionState.PUBLISHED).order_by("-number").first()
    is_draft = newest is not None and not newest.is_shipped
    state, at = (VersionState.DRAFT, None) if is_draft else (VersionState.PUBLISHED, now())
    try:
        with transaction.atomic():
            return ProcedureVersion.objects.create(
                system=system.name, key=procedure.key, number=next_number(system.name, procedure.key), bpmn=bpmn,
                dmn=dmn, digest=digest, is_shipped=True, state=state, published_at=at,
            )  # fmt: skip
    except IntegrityError:  # another process was quicker
        return versions.filter(is_shipped=True, digest=digest).get()


def next_number(system: str, key: str) -> int:
    last = ProcedureVersion.objects.filter(system=system, key=key).order_by("-number").first()
    return last.number + 1 if last else 1


def shipped(system: System, procedure: Procedure) -> tuple[str, dict[str, str]]:
    """The XML of the process and of the decision tables beside it."""
    found = importlib.util.find_spec(f"{registry.SYSTEMS_PACKAGE}.{system.name}")
    folder = Path(next(iter(found.submodule_search_locations or ()))) if found else Path()
    path = folder / procedure.file
    tables = {each.name: each.read_text("utf-8") for each in sorted(path.parent.glob("*.dmn"))}
    bpmn = path.read_text("utf-8")
    return bpmn, {name: table for name, table in tables.items() if _is_called(table, bpmn)}


def digest_of(bpmn: str, dmn: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps([bpmn, dmn], sort_keys=True).encode()).hexdigest()


def checked(system: System, bpmn: str, dmn: dict[str, str]) -> Drawing:
    """The drawing, with the posts it names known. Raises DrawingRefused."""
    found = drawing(bpmn, dmn)
    for step in found.steps.values():
        role = system.full_role(step.role)
        known = (
            role.split(".")[1] in system.role_keys() if role.startswith(f"{system.name}.") else is_known(role)
        )
        if not known or "." not in role:
            raise DrawingRefused("role", f"没有岗位 {step.role}", step.key)
        if step.asks is not None:
            _check_asked(step.asks, step.key)
    return found


def drawing_of(version_id: int) -> Drawing:
    """The drawing of a version, read once in each process. Published versions never change."""
    return _drawing(version_id)


@lru_cache(maxsize=256)
def _drawing(version_id: int) -> Drawing:
    version = ProcedureVersion.objects.get(pk=version_id)
    return drawing(version.bpmn, version.dmn)


def forget_drawing(version_id: int) -> None:
    """A draft has changed."""
    _drawing.cache_clear()


def _check_asked(asked: tuple[str, str], element: str) -> None:
    try:
        registry.system(asked[0]).procedure(asked[1])
    except KeyError:
        raise DrawingRefused("asks", f"没有办理流程 {asked[0]}.{asked[1]}", element) from None


def _is_called(table: str, bpmn: str) -> bool:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    decisions = etree.fromstring(table.encode(), parser).iter("{*}decision")
    return any((each.get("id") or "\0") in bpmn for each in decisions)
