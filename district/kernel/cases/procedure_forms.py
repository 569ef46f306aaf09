"""The form of a task: `forms.json` beside the procedure's file, and what the task's own version of the drawing asks."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from district.kernel import registry
from district.kernel.cases.forms import FormDefinition, FormField, asked_in, form_for, read_forms
from district.kernel.cases.models import ProcedureVersion, Task


def form_of(task: Task) -> FormDefinition:
    """What the task asks for."""
    forms = forms_of(task.case.system, task.case.procedure)
    return form_for(task.form_key or task.key, task.name, forms, _asked(task.case.version_id), task.key)


def forms_of(system: str, procedure: str) -> dict[str, FormDefinition]:
    """The forms that come with a procedure; none when there is no file. Raises FormRefused for a wrong one."""
    package = f"{registry.SYSTEMS_PACKAGE}.{system}"
    try:
        found = importlib.util.find_spec(package)
        file = registry.system(system).procedure(procedure).file
    except (KeyError, ModuleNotFoundError):
        return {}
    if found is None or not found.submodule_search_locations:
        return {}
    return _forms(Path(next(iter(found.submodule_search_locations))) / Path(file).parent / "forms.json")


@lru_cache(maxsize=64)
def _forms(path: Path) -> dict[str, FormDefinition]:
    return read_forms(path.read_text("utf-8")) if path.exists() else {}


@lru_cache(maxsize=256)
def _asked(version_id: int) -> Mapping[str, tuple[FormField, ...]]:
    return asked_in(ProcedureVersion.objects.values_list("bpmn", flat=True).get(pk=version_id))
