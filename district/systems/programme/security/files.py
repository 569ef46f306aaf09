"""Who may look at the papers of security."""

from __future__ import annotations

from district.kernel.files.owners import owner
from district.kernel.people.access import may

from .acting import READERS
from .controls.actions import SUBJECT_KIND


def show_papers_to_readers() -> None:
    owner(SUBJECT_KIND, may_look=lambda account, _subject: may(account, *READERS))
