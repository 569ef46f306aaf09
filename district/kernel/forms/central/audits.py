"""What happened to forms, submissions and records: `/v1/audits`, told from the rows that keep it anyway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from district.kernel.forms.central import problems, shown
from district.kernel.forms.central.bodies import whole_number
from district.kernel.forms.central.sessions import answer
from district.kernel.forms.models import EntityWrite, FormVersion, Register, SubmissionVersion
from district.kernel.forms.queries import forms_led_by, registers_led_by

MOST = 500


def listed(request: HttpRequest) -> HttpResponse:
    """The newest first; `action`, `start`, `end`, `limit` (at most 500) and `offset` narrow it."""
    start, end = _moment(request, "start"), _moment(request, "end")
    limit = min(whole_number(request, "limit") or MOST, MOST)
    offset = whole_number(request, "offset") or 0
    wanted = request.GET.get("action", "")
    sources = [
        (_submissions, SubmissionVersion.objects.filter(submission__form__in=_forms(request)), "received_at", "submission"),
        (_writes, EntityWrite.objects.filter(entity__register__in=_registers(request)), "received_at", "entity"),
        (_versions, FormVersion.objects.filter(form__in=_forms(request)), "published_at", "form"),
    ]  # fmt: skip
    told = [
        read(_between(rows, field, start, end).order_by(f"-{field}", "-pk")[: offset + limit])
        for read, rows, field, kind in sources
        if wanted in ("", "nonverbose") or wanted.partition(".")[0] == kind
    ]
    newest_first = merge(*told, key=lambda each: each[0], reverse=True)
    shown_ones = (
        each
        for _at, each in newest_first
        if wanted in ("", "nonverbose", each["action"], each["action"].partition(".")[0])
    )
    return answer(list(islice(shown_ones, offset, offset + limit)))


def _forms(request: HttpRequest) -> Any:
    return forms_led_by(request.user).values("pk")


def _registers(request: HttpRequest) -> QuerySet[Register]:
    return registers_led_by(request.user)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = request.GET.get(name)
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise problems.bad_type(text, "datetime")
    return make_aware(found) if is_naive(found) else found


def _between(rows: QuerySet[Any], field: str, start: datetime | None, end: datetime | None) -> QuerySet[Any]:
    if start is not None:
        rows = rows.filter(**{f"{field}__gte": start})
    return (
        rows.filter(**{f"{field}__lte": end})
        if end is not None
        else rows.filter(**{f"{field}__isnull": False})
    )


Told = Iterator[tuple[datetime, dict[str, Any]]]


def _one(
    at: datetime, action: str, account_id: int | None, actee: str, details: dict[str, Any]
) -> tuple[datetime, Any]:
    return at, {
        "actorId": account_id, "action": action, "acteeId": actee, "details": details, "loggedAt": shown.time(at),
        "notes": None, "processed": None,
    }  # fmt: skip


def _submissions(rows: QuerySet[SubmissionVersion]) -> Told:
    for row in rows.select_related("submission__form").defer("xml"):
        action = "submission.update.version" if row.deprecated_id else "submission.create"
        details = {"instanceId": row.submission.instance_id, "submissionId": row.submission_id}
        yield _one(row.received_at, action, row.account_id, row.submission.form.xml_form_id, details)


def _writes(rows: QuerySet[EntityWrite]) -> Told:
    for row in rows.select_related("entity__register"):
        action = "entity.create" if row.version == 1 else "entity.update.version"
        details = {
            "entity": {"uuid": str(row.entity.uuid), "dataset": row.entity.register.name},
            "version": row.version,
        }
        yield _one(row.received_at, action, row.account_id, row.entity.register.name, details)


def _versions(rows: QuerySet[FormVersion]) -> Told:
    for row in rows.select_related("form").defer("xform"):
        if row.published_at is not None:
            yield _one(
                row.published_at,
                "form.update.publish",
                row.made_by_id,
                row.form.xml_form_id,
                {"version": row.version},
            )
