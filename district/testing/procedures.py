"""A system of its own with procedures, for tests and benches that must not depend on a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from district.kernel import registry
from district.kernel.cases.models import ProcedureVersion, VersionState
from district.kernel.cases.procedure_versions import checked, digest_of, next_number
from district.kernel.clock import now
from district.kernel.vocabulary import Procedure, Role, System

CLERK, HANDLER, LEAD, CONFIDANT = "trial.clerk", "trial.handler", "trial.lead", "trial.confidant"
ROLES = tuple(Role(key, key, key) for key in ("clerk", "handler", "lead", "confidant", "reader", "other"))
PLAIN = Procedure(
    "plain", "一般事项", "Plain case", "processes/plain.bpmn", "TRIAL",
    readers=("clerk", "lead", "handler", "reader"), leads=("lead",), confidants=("confidant",), alarms=("trial.*",),
)  # fmt: skip


@contextmanager
def trial(*procedures: Procedure, name: str = "trial", lead: str = "试验单位") -> Iterator[System]:
    """Registers a system `trial` with these procedures (PLAIN by default) for a while, beside the real ones."""
    system = System(
        name, 99, "试验", "Trial", lead, "2030-01", roles=ROLES, procedures=procedures or (PLAIN,)
    )
    every = (*registry.systems(), system)
    with patch.object(registry, "systems", lambda: every):
        yield system


def published(system: System, key: str, bpmn: str, dmn: dict[str, str] | None = None) -> ProcedureVersion:
    """A published version of a procedure, made of texts."""
    tables = dmn or {}
    checked(system, bpmn, tables)
    return ProcedureVersion.objects.create(
        system=system.name, key=key, number=next_number(system.name, key), bpmn=bpmn, dmn=tables,
        digest=digest_of(bpmn, tables), state=VersionState.PUBLISHED, published_at=now(),
    )  # fmt: skip
