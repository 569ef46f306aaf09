"""A fitted model as bytes and back: arrays in a NumPy archive, never pickled code."""

from __future__ import annotations

import io
import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any
from zipfile import BadZipFile

import numpy as np

from district.systems.environment.forecast.forecaster import Forecaster
from district.systems.environment.forecast.regression import Regression
from district.systems.environment.forecast.ridge import Design
from district.systems.environment.forecast.short_record import Damped
from district.systems.environment.forecast.spread import Spread
from district.systems.environment.forecast.trees import Trees
from district.systems.environment.forecast.weather_ahead import WeatherAhead

EDITION = 1
CLASSES = {made.__name__: made for made in (Forecaster, Regression, Damped, Design, Spread, Trees, WeatherAhead)}


class UnreadableModel(ValueError):
    """Stored by another edition, or damaged: fit again."""


def to_bytes(forecaster: Forecaster) -> bytes:
    arrays: dict[str, Any] = {}
    header = {"edition": EDITION, "model": _taken_apart(forecaster, "model", arrays)}
    packed = io.BytesIO()
    np.savez_compressed(packed, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return packed.getvalue()


def from_bytes(data: bytes) -> Forecaster:
    """UnreadableModel when the bytes are not such an archive."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            header = json.loads(archive["header"].tobytes())
            if header["edition"] != EDITION:
                raise UnreadableModel(f"edition {header['edition']} is not {EDITION}")
            found = _put_together(header["model"], archive)
    except UnreadableModel:
        raise
    except (OSError, KeyError, TypeError, EOFError, ValueError, BadZipFile) as fault:
        raise UnreadableModel(str(fault)) from fault
    if not isinstance(found, Forecaster):
        raise UnreadableModel("no forecaster inside")
    return found


def _taken_apart(value: Any, path: str, arrays: dict[str, Any]) -> Any:
    if is_dataclass(value):
        inside = {
            one.name: _taken_apart(getattr(value, one.name), f"{path}.{one.name}", arrays) for one in fields(value)
        }
        return {"class": type(value).__name__, "fields": inside}
    if isinstance(value, np.ndarray):
        arrays[path] = value
        return {"array": path}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return {"plain": value}


def _put_together(part: dict[str, Any], archive: Any) -> Any:
    if "class" in part:
        inside = {name: _put_together(one, archive) for name, one in part["fields"].items()}
        return CLASSES[part["class"]](**inside)
    if "array" in part:
        return archive[part["array"]]
    if "at" in part:
        return datetime.fromisoformat(part["at"])
    plain = part["plain"]
    return tuple(plain) if isinstance(plain, list) else plain
