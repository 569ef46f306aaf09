"""The pages of the manifest, each of its sub-feature; only gathered here."""

from ..projects.pages import (
    draw_file,
    draw_proof,
    draws,
    expert,
    experts,
    firm,
    firms,
    invitations,
    new_expert,
    new_firm,
    new_project,
    opinion,
    project,
    project_act,
    projects,
    purchase,
    review,
    reviews,
    run,
    run_file,
)
from ..tasks.pages import tasks

__all__ = [
    "draw_file", "draw_proof", "draws", "expert", "experts", "firm", "firms", "invitations", "new_expert", "new_firm",
    "new_project", "opinion", "project", "project_act", "projects", "purchase", "review", "reviews", "run", "run_file",
    "tasks",
]  # fmt: skip
