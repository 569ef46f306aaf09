"""Finds `systems/*/manifest.py` once. Everything that lists systems asks here; nothing else names one."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType

from district.kernel.vocabulary import PUBLIC, STAFF, Listen, Page, Procedure, Standing, System

SYSTEMS_PACKAGE = "district.systems"


class ManifestError(Exception):
    """A manifest names something that is not there, or two systems claim the same thing."""


@cache
def systems() -> tuple[System, ...]:
    """All systems in the order of their clauses in the plan. Loads manifests only, no Django."""
    package = importlib.import_module(SYSTEMS_PACKAGE)
    found = []
    for info in pkgutil.iter_modules(package.__path__):
        if importlib.util.find_spec(f"{SYSTEMS_PACKAGE}.{info.name}.manifest") is None:
            continue
        system = importlib.import_module(f"{SYSTEMS_PACKAGE}.{info.name}.manifest").SYSTEM
        if system.name != info.name:
            raise ManifestError(f"{info.name}/manifest.py calls itself {system.name!r}")
        found.append(system)
    found.sort(key=lambda system: system.clause)
    _check(found)
    return tuple(found)


def system(name: str) -> System:
    """The system of that name; KeyError if there is none."""
    for candidate in systems():
        if candidate.name == name:
            return candidate
    raise KeyError(f"no system {name!r}")


def listens() -> tuple[tuple[System, Listen], ...]:
    """Every port the gateway opens, with the system that asked for it."""
    return tuple((system, listen) for system in systems() for listen in system.listens)


def role_file(system: System, role: str) -> ModuleType | None:
    """A role file of a system (`pages`, `api`, `kpis`, `intake` …), or None when it has none."""
    if not role_exists(system, role):
        return None
    return importlib.import_module(f"{SYSTEMS_PACKAGE}.{system.name}.{role}")


def role_exists(system: System, role: str) -> bool:
    """Whether the system has that role file, without loading it."""
    try:
        return importlib.util.find_spec(f"{SYSTEMS_PACKAGE}.{system.name}.{role}") is not None
    except ModuleNotFoundError:  # a system without a folder: one that tests declare
        return False


def roles_of(system: System, page: Page) -> frozenset[str]:
    """The full role keys that may see a page."""
    return frozenset(system.full_role(key) for key in page.roles)


def standing() -> tuple[tuple[System, Standing], ...]:
    """Every process that a system keeps standing."""
    return tuple((system, each) for system in systems() for each in system.standing)


def procedures() -> tuple[tuple[System, Procedure], ...]:
    """Every procedure with its system."""
    return tuple((system, procedure) for system in systems() for procedure in system.procedures)


def _check(found: list[System]) -> None:
    _check_procedures(found)
    ports: dict[int, str] = {}
    names = {system.name for system in found}
    for system in found:
        for listen in system.listens:
            if listen.port in ports:
                raise ManifestError(f"{system.name} and {ports[listen.port]} both listen on {listen.port}")
            ports[listen.port] = system.name
        for used in system.uses:
            if used not in names:
                raise ManifestError(f"{system.name} uses {used!r}, which does not exist")
        for page in system.pages:
            if not page.roles:
                raise ManifestError(f"{system.name}.{page.key} does not say who may see it")
            for key in page.roles:
                if key not in (PUBLIC, STAFF) and "." not in key and key not in system.role_keys():
                    raise ManifestError(f"{system.name}.{page.key} names an unknown role {key!r}")


def _check_procedures(found: list[System]) -> None:
    prefixes: dict[str, str] = {}
    for system in found:
        for procedure in system.procedures:
            name = f"{system.name}.{procedure.key}"
            if not (procedure.prefix.isascii() and procedure.prefix.isalpha() and procedure.prefix.isupper()):
                raise ManifestError(f"{name}: prefix {procedure.prefix!r} must be upper-case letters")
            if procedure.prefix in prefixes:
                raise ManifestError(
                    f"{name} and {prefixes[procedure.prefix]} both number with {procedure.prefix}"
                )
            prefixes[procedure.prefix] = name
            for key in (*procedure.readers, *procedure.leads, *procedure.confidants):
                if "." not in key and key not in system.role_keys():
                    raise ManifestError(f"{name} names an unknown role {key!r}")
            folder = importlib.util.find_spec(f"{SYSTEMS_PACKAGE}.{system.name}")
            places = list(folder.submodule_search_locations or ()) if folder else []
            if not any((Path(place) / procedure.file).is_file() for place in places):
                raise ManifestError(f"{name}: {procedure.file} is not there")
