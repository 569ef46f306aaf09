"""Pages of projects, one module a kind of thing."""

from .committee import expert, experts, firm, firms, new_expert, new_firm
from .desk import invitations, opinion
from .listing import new_project, projects
from .proofs import draw_file, draw_proof, draws
from .purchases import purchase
from .reviewing import review, reviews
from .runs import run, run_file
from .single import project, project_act

__all__ = [
    "draw_file",
    "draw_proof",
    "draws",
    "expert",
    "experts",
    "firm",
    "firms",
    "invitations",
    "new_expert",
    "new_firm",
    "new_project",
    "opinion",
    "project",
    "project_act",
    "projects",
    "purchase",
    "review",
    "reviews",
    "run",
    "run_file",
]
