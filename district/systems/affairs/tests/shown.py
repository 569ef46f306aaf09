"""What the browser test of all pages looks at beside the pages of the manifest: details with something in them."""

from __future__ import annotations

from django.urls import reverse

from district.kernel.forms.models import Form, Register, Submission
from district.kernel.people.seed import seed_organisations
from district.kernel.places.seed import seed_divisions
from district.systems.affairs import seed
from district.systems.affairs.models import (
    Announcement,
    Assignment,
    Ballot,
    Concern,
    Contradiction,
    Errand,
    Piece,
    Proposal,
    Shift,
    Visit,
)

CLERK, TOWN, ASKER, MANAGER = "affairs.clerk", "affairs.town", "affairs.asker", "affairs.manager"


def prepare() -> dict[str, str]:
    """The demonstration; address → the role that looks at it (with the whole district in its range)."""
    seed_divisions()
    seed_organisations()
    seed.seed()
    harvest = Assignment.objects.filter(answer_kind="number").latest("pk")
    piece = Piece.objects.filter(assignment=harvest, state="returned").first() or harvest.pieces.latest("pk")
    ballot = Ballot.objects.latest("pk")
    named = {
        "assignment": [harvest.pk], "piece": [piece.pk], "announcement": [Announcement.objects.earliest("pk").pk],
        "shift": [Shift.objects.latest("pk").pk], "proposal": [Proposal.objects.earliest("pk").pk],
        "meeting": [ballot.meeting_id], "ballot": [ballot.pk], "errand": [Errand.objects.latest("pk").pk],
    }  # fmt: skip
    found = {reverse(f"affairs:{name}", args=args): TOWN for name, args in named.items()}
    found[reverse("affairs:new_task")] = ASKER
    found[reverse("affairs:vote")] = ""
    return found | _of_forms() | _of_concerns()


def _of_forms() -> dict[str, str]:
    """Ledgers, what contradicts, and the burden of one village."""
    register = Register.objects.get(name="households")
    form = Form.objects.get(xml_form_id="farm_survey")
    open_one = Contradiction.objects.filter(state="open").earliest("pk")
    month = Submission.objects.filter(form=form).latest("created_at").created_at
    named = {
        "ledger": ([register.pk], CLERK), "ledger_places": ([register.pk], CLERK), "form_ledger": ([form.pk], TOWN),
        "contradiction": ([open_one.pk], ASKER), "item_rules": ([], MANAGER), "new_item_rule": ([register.pk], MANAGER),
        "burden_forms": ([f"{month:%Y-%m}", "370306102201", form.organisation_id], ""),
    }  # fmt: skip
    filling = {reverse("forms:my_forms"): CLERK, reverse("forms:fill", args=[form.pk]): CLERK}
    designer = {"designs": [], "new_design": [], "design": [form.pk], "design_items": [form.pk], "design_new_question": [form.pk]}
    filling |= {reverse(f"forms:{name}", args=args): ASKER for name, args in designer.items()}
    torn = register.entities.exclude(conflicts={}).first() or register.entities.earliest("pk")
    registers = {
        "register": [register.pk], "entity": [torn.pk], "conflicts": [], "register_waiting": [register.pk],
        "register_item": [register.items.earliest("pk").pk], "new_register_source": [register.pk],
    }  # fmt: skip
    filling |= {reverse(f"forms:{name}", args=args): MANAGER for name, args in registers.items()}
    return filling | {reverse(f"affairs:{name}", args=args): role for name, (args, role) in named.items()}


def _of_concerns() -> dict[str, str]:
    """A matter risen by the clock, one that runs on the phone, and a visit."""
    risen = Concern.objects.filter(moves__cause="clock", settled_at=None).earliest("pk")
    running = Concern.objects.filter(level="village", settled_at=None).earliest("pk")
    named = {
        "concern": ([risen.case.number], TOWN), "desk_concern": ([running.case.number], CLERK), "desk_new": ([], CLERK),
        "visit": ([Visit.objects.latest("pk").pk], CLERK),
    }  # fmt: skip
    return {reverse(f"affairs:{name}", args=args): role for name, (args, role) in named.items()}
