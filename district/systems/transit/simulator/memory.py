"""What the simulated terminals remember over a restart: their authentication codes, and up to when they reported."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path


class Memory:
    """A JSON file; `path` None remembers nothing. A file that cannot be read is started afresh."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._codes: dict[str, str] = {}
        self.reported_until: datetime | None = None
        if path is not None and path.exists():
            try:
                held = json.loads(path.read_text("utf-8"))
                self._codes = {str(phone): str(code) for phone, code in held["codes"].items()}
                text = held["reported_until"]
                self.reported_until = datetime.fromisoformat(text) if text else None
            except (ValueError, KeyError, AttributeError):
                path.replace(path.with_suffix(".unreadable"))

    def code_of(self, phone: str) -> str | None:
        return self._codes.get(phone)

    def note(self, phone: str, code: str | None) -> None:
        """None: the centre does not take the old one any more."""
        if code is None:
            self._codes.pop(phone, None)
        else:
            self._codes[phone] = code

    def keep(self, reported_until: datetime | None) -> None:
        """Writes the whole file anew; a crash in between leaves the old one. Codes are secrets: only the owner reads it."""
        if self._path is None:
            return
        self.reported_until = reported_until or self.reported_until
        fresh = self._path.with_suffix(".fresh")
        fresh.touch(0o600)
        until = self.reported_until.isoformat() if self.reported_until else None
        fresh.write_text(json.dumps({"codes": self._codes, "reported_until": until}, ensure_ascii=False), "utf-8")
        os.replace(fresh, self._path)
