"""What the browser test of all pages looks at beside the pages of the manifest: details with something in them."""

from __future__ import annotations

from district.systems.programme import seed
from district.systems.programme.models import AcceptanceRun, Draw, Expert, Firm, Procurement, Project
from district.systems.programme.projects import seed as projects
from district.systems.programme.projects.seed import Cast
from district.testing.people import account, organisation


def prepare() -> dict[str, str]:
    """The demonstration; address → the role that looks at it ("" the public). Each sub-feature adds its own below."""
    organisation("zhoucun", kind="district")
    seed.seed()
    found: dict[str, str] = {}
    found |= _projects()
    return found


def _projects() -> dict[str, str]:
    """Projects at each turn of the way, a review, a purchase, a run, a draw, an expert's invitation."""
    office, expert = account("programme.office"), account("programme.expert", scope="own")
    owner, finance, liaison = (account(f"programme.{post}") for post in ("owner", "finance", "liaison"))
    projects.seed_projects(Cast(owner, office, finance, liaison, expert))
    root = "/programme"
    seen = [f"{root}/projects/{each.number}/" for each in Project.objects.all()]
    run, draw = AcceptanceRun.objects.first(), Draw.objects.first()
    seen += [
        f"{root}/reviews/{draw.review.number}/", f"{root}/projects/purchases/{Procurement.objects.first().number}/",
        f"{root}/projects/runs/{run.key}/", f"{root}/projects/new",
        f"{root}/experts/{Expert.objects.first().pk}/", f"{root}/firms/{Firm.objects.first().pk}/",
    ]  # fmt: skip
    return dict.fromkeys(seen, "programme.office") | {f"{root}/draws/{draw.number}/": ""}
