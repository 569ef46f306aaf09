from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from district.kernel.cases.models import ProcedureVersion
from district.kernel.vocabulary import System
from district.testing.people import organisation
from district.testing.procedures import published, trial

FOLDER = Path(__file__).parent / "processes"


def text_of(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


@pytest.fixture
def system() -> Iterator[System]:
    with trial() as made:
        yield made


@pytest.fixture
def version(db: None, system: System) -> ProcedureVersion:
    organisation("trial_lead", name=system.lead)
    return published(system, "plain", text_of("plain.bpmn"), {"limits.dmn": text_of("limits.dmn")})


@pytest.fixture
def committed(transactional_db: None, version: ProcedureVersion) -> ProcedureVersion:
    """For tests that commit."""
    return version
