"""What Open311 tells of our services and cases. Names of its fields stand here and in `open311_format` only."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from district.kernel.cases.models import Case
from district.kernel.clock import CHINA

from ..reading.classes import ReportClass, class_of_code, national_classes
from .routing import SYSTEM

JURISDICTION = "370306"
"""The division code of the district."""
NUMBERS = re.compile(r"\d{6,}[\dXx]?")


def services() -> list[dict[str, Any]]:
    """City events and components: what anybody may report and see."""
    return [_service(one) for one in national_classes() if is_public(one.code)]


def is_public(code: str) -> bool:
    return code[:1] in ("E", "C")


def _service(one: ReportClass) -> dict[str, Any]:
    return {
        "service_code": one.code, "service_name": one.name, "description": one.description, "metadata": True,
        "type": "realtime", "keywords": ",".join(one.synonyms[:8]), "group": one.group,
    }  # fmt: skip


def definition(code: str) -> dict[str, Any]:
    """The further questions of a service."""
    urgency = {
        "variable": True, "code": "danger", "datatype": "singlevaluelist", "required": False, "order": 1,
        "datatype_description": _("选一项"), "description": _("是否有危险"),
        "values": [{"key": "yes", "name": _("有危险")}, {"key": "no", "name": _("没有危险")}],
    }  # fmt: skip
    since = {
        "variable": True, "code": "since", "datatype": "string", "required": False, "order": 2,
        "datatype_description": _("例如：昨天晚上"), "description": _("从什么时候开始"), "values": [],
    }  # fmt: skip
    return {"service_code": code, "attributes": [urgency, since]}


def public_cases() -> QuerySet[Case]:
    """City cases that are not confidential."""
    public = Q(classification__startswith="E") | Q(classification__startswith="C")
    return Case.objects.filter(public, system=SYSTEM, procedure="city_case", is_confidential=False)


def request_of(case: Case) -> dict[str, Any]:
    one = class_of_code().get(case.classification)
    changed = case.closed_at or case.opened_at
    return {
        "service_request_id": case.number,
        "status": "closed" if case.closed_at or case.state == "cancelled" else "open",
        "status_notes": case.outcome or case.stage,
        "service_name": one.name if one else case.classification,
        "service_code": case.classification,
        "description": without_numbers(case.text or case.title),
        "agency_responsible": case.organisation.name if case.organisation else None,
        "service_notice": None,
        "requested_datetime": moment(case.opened_at),
        "updated_datetime": moment(changed),
        "expected_datetime": moment(case.due_at),
        "address": case.address or None,
        "address_id": case.cell_code or None,
        "zipcode": None,
        "lat": case.lat,
        "long": case.lon,
        "media_url": None,
    }


def without_numbers(text: str) -> str:
    """Telephone and identity numbers that somebody wrote into a report do not go out with it."""
    return NUMBERS.sub("***", text)


def moment(at: datetime | None) -> str | None:
    return at.astimezone(CHINA).isoformat(timespec="seconds") if at else None
