"""What the simulated loggers remember over a restart: settings the centre has changed, and up to when they reported."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from district.systems.environment.simulator.fleet import SimulatedDevice
from district.systems.environment.simulator.logger import Settings


class Memory:
    """A JSON file; `path` None remembers nothing. A file that cannot be read is started afresh."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._held: dict = {"settings": {}, "reported_until": None}
        if path is not None and path.exists():
            try:
                self._held = json.loads(path.read_text("utf-8"))
            except ValueError:
                path.replace(path.with_suffix(".unreadable"))

    @property
    def reported_until(self) -> datetime | None:
        """Until when the fleet had reported everything; None before the first back-fill was through."""
        text = self._held.get("reported_until")
        return datetime.fromisoformat(text) if text else None

    def settings_of(self, device: SimulatedDevice) -> Settings:
        kept = self._held["settings"].get(device.code)
        return Settings(**kept) if kept else Settings(device.password)

    def keep(self, settings: dict[str, Settings], reported_until: datetime | None) -> None:
        """Writes the whole file anew; a crash in between leaves the old one."""
        if self._path is None:
            return
        self._held["settings"] |= {code: asdict(one) for code, one in settings.items()}
        if reported_until is not None:
            self._held["reported_until"] = reported_until.isoformat()
        fresh = self._path.with_suffix(".fresh")
        fresh.write_text(json.dumps(self._held, ensure_ascii=False, indent=1), "utf-8")
        os.replace(fresh, self._path)
