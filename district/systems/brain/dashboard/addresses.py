"""Where the numbers of a board lead."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def cases(**asked: str | int) -> str:
    """The cases of a set: `set`, `town`, `giver`, `taker`."""
    return f"{reverse('brain:dashboard_cases')}?{urlencode(asked)}"


def alarms(**narrowed: str | int) -> str:
    """Alarms that have not ended, narrowed by columns of their list."""
    return f"{reverse('alerts:alarms')}?{urlencode({'open': 1} | {f'alarms.{key}': value for key, value in narrowed.items()})}"


def records(kind: str) -> str:
    """Another list of records behind a number."""
    return reverse("brain:dashboard_records", args=[kind])
