"""What was backed up and what was put back, noted in a file of DISTRICT_HOME: a restore replaces the database, not this.

Each line is a JSON object: `what` (backup, restore), `at` (ISO 8601), `file`, `size` in bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from district.kernel import clock, home

BACKUP, RESTORE = "backup", "restore"


@dataclass(frozen=True)
class Upkeep:
    what: str
    at: str
    file: str
    size: int

    @property
    def happened_at(self) -> datetime:
        return datetime.fromisoformat(self.at)


def notes_file() -> Path:
    return home.home() / "upkeep_notes"


def note(what: str, file: Path) -> None:
    """Only the name of the file is noted, not where it lies."""
    done = Upkeep(what, clock.now().isoformat(timespec="seconds"), file.name, file.stat().st_size)
    with notes_file().open("a", encoding="utf-8") as target:
        target.write(json.dumps(asdict(done), ensure_ascii=False) + "\n")


def last(what: str) -> Upkeep | None:
    """The newest of its kind; None when there is none."""
    path = notes_file()
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    found = [Upkeep(**json.loads(line)) for line in lines]
    return next((each for each in reversed(found) if each.what == what), None)
