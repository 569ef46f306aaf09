"""Projects of tests that stand further on."""

from __future__ import annotations

from typing import Any

from district.systems.programme.demo_steps import brought_to
from district.systems.programme.models import Project
from district.testing.people import account


def project_in(stage: str, **fields: Any) -> Project:
    project = Project.objects.create(**fields)
    if stage == project.stage:
        return project
    return brought_to(project, stage, account("programme.owner"), account("programme.office"))
