"""The demonstration's catalogue: what departments would have registered, by the file a department hands in; simulated."""

from __future__ import annotations

from district.kernel.datasets import actions
from district.kernel.datasets.models import EntryFile
from district.kernel.people.models import Organisation

from .actions import put_departments
from .expectations import DATA

FILE = "demo_catalogue.csv"
LEFT_WAITING = 2
"""So many entries stay with the steward to be reviewed, and one a draft."""


def seed_themes() -> None:
    """The departments the themes need, and the demonstration's entries; nothing where they are there already."""
    put_departments()
    if EntryFile.objects.filter(name=FILE).exists():
        return
    content = (DATA / FILE).read_bytes()
    lead = Organisation.objects.get(code="bigdata")
    taken = actions.take_file(FILE, content, provider=lead, account=None, is_simulated=True)
    entries = list(taken.resources.order_by("-pk"))
    for resource in entries[1:]:
        actions.submit(resource, None)
    actions.publish_all(entries[1 + LEFT_WAITING :], None)
