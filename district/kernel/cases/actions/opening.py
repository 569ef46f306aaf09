"""Opening of cases: once for each idempotency key, whatever races or crashes there are."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from district.kernel import home
from district.kernel.cases import engine
from district.kernel.cases.actions.moving import SEALED, Changes, moved, reached
from district.kernel.cases.clocks import Limit
from district.kernel.cases.contract import CaseOpened
from district.kernel.cases.models import Act, Case, Task
from district.kernel.cases.numbering import counting, numbers
from district.kernel.cases.posts import account_key, unit_key
from district.kernel.cases.procedure_versions import current, drawing_of, procedure_of
from district.kernel.cases.refused import Refused
from district.kernel.cases.statements import columns, fresh_keys, insertion, keyed, sent, taken
from district.kernel.cases.timing import set_times
from district.kernel.clock import now
from district.kernel.events import publish
from district.kernel.files.actions import attach
from district.kernel.people.models import Organisation

TRIES = 5
FILES_OF = "cases.case"
"""The kind under which files belong to a case, by its number."""

KNOWN = f"""
    SELECT {columns(Case, SEALED)} FROM unnest(%s::text[], %s::text[]) AS wanted (system, key)
    JOIN cases_case ON cases_case.system = wanted.system AND cases_case.idempotency_key = wanted.key
"""  # noqa: S608 - our own columns
VERSIONS = """
    SELECT DISTINCT ON (system, key) system, key, id FROM cases_procedureversion
    WHERE state = 'published' AND (system, key) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
    ORDER BY system, key, number DESC
"""
Key = tuple[str, str]
PLACE = ("lon", "lat", "address", "cell_code", "division_code")


@dataclass(frozen=True)
class NewCase:
    """What is known of a case to be opened. See `open_case`."""

    system: str
    procedure: str
    idempotency_key: str
    title: str
    channel: str
    text: str = ""
    kind: str = ""
    classification: str = ""
    reporter: Mapping[str, Any] | None = None
    place: Mapping[str, Any] | None = None
    form: Mapping[str, Any] | None = None
    files: Sequence[Any] = ()
    organisation: Organisation | None = None
    is_confidential: bool = False
    is_simulated: bool = False
    opened_at: datetime | None = None
    limit: Limit | None = None


def open_case(
    *,
    system: str,
    procedure: str,
    idempotency_key: str,
    title: str,
    channel: str,
    text: str = "",
    kind: str = "",
    classification: str = "",
    reporter: Mapping[str, Any] | None = None,
    place: Mapping[str, Any] | None = None,
    form: Mapping[str, Any] | None = None,
    files: Sequence[Any] = (),
    account: Any = None,
    organisation: Organisation | None = None,
    is_confidential: bool = False,
    is_simulated: bool = False,
    opened_at: datetime | None = None,
    limit: Limit | None = None,
) -> Case:
    """Opens a case and starts its procedure; the same `idempotency_key` of a system always gives the same case.

    `reporter`: name, phone, account. `place`: lon, lat (WGS-84), address, cell_code, division_code. `form` is what
    the procedure's decisions read, with `kind`, `classification` and `channel` beside. `files` are `StoredFile`s.
    `opened_at` is for records of the past. `limit` is the case's own, in place of the procedure's. Raises Refused naming
    the field.
    """
    new = NewCase(
        system, procedure, idempotency_key, title, channel, text, kind, classification, reporter, place, form, files,
        organisation, is_confidential, is_simulated, opened_at, limit,
    )  # fmt: skip
    return open_cases([new], account=account)[0]


def open_cases(wanted: Sequence[NewCase], account: Any = None) -> list[Case]:
    """Opens many in one transaction; one for each, in their order, those that were there before included.

    Refused for one, none is opened.
    """
    for new in wanted:
        _check(new)
    for _try in range(TRIES):
        found, versions = _known(wanted)
        missing = {(new.system, new.idempotency_key): new for new in wanted
                   if (new.system, new.idempotency_key) not in found}  # fmt: skip
        try:
            with transaction.atomic():
                ordered = sorted(missing.values(), key=lambda new: (new.system, new.idempotency_key))
                found |= _opened(ordered, versions, account)
        except IntegrityError:
            if _known(list(missing.values()))[0]:
                continue  # somebody else was quicker with one of them
            raise
        return [found[new.system, new.idempotency_key] for new in wanted]
    raise Refused("busy", _("同时提交过多，请稍后再试"))


def reporter_mark(phone: str) -> str:
    """A keyed digest of a telephone number: the same person again, without the number in sight."""
    digits = "".join(each for each in phone if each.isdigit())
    if not digits:
        return ""
    digest = hashes.Hash(hashes.SM3())
    digest.update(hmac.digest(home.secret("personal_data").encode(), digits.encode(), "sha256"))
    return digest.finalize().hex()


def _known(wanted: Sequence[NewCase]) -> tuple[dict[Key, Case], dict[Key, int]]:
    """The cases that are there already, by system and key, and the current versions, by system and procedure."""
    if not wanted:
        return {}, {}
    systems, keys = [new.system for new in wanted], [new.idempotency_key for new in wanted]
    rows, versions = sent((KNOWN, [systems, keys]), (VERSIONS, [systems, [new.procedure for new in wanted]]))
    cases = [taken(Case, row, SEALED) for row in rows]
    found = {(case.system, case.idempotency_key): case for case in cases}
    return found, {(system, procedure): version for system, procedure, version in versions}


def _check(new: NewCase) -> None:
    if not 0 < len(new.idempotency_key) <= 120:
        text = _("幂等键须为 1 至 120 个字符")
        raise Refused("idempotency_key", text, field="idempotency_key", value=new.idempotency_key)
    if not new.title.strip():
        raise Refused("title", _("请填写标题"), field="title", value=new.title)
    try:
        json.dumps(new.form or {}, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Refused("form", _("表单内容不能保存：%(why)s") % {"why": error}, field="form") from error
    place = new.place or {}
    unknown = sorted(set(place) - set(PLACE))
    if unknown:
        raise Refused(
            "place", _("地点没有 %(name)s 这一项") % {"name": unknown[0]}, field="place", value=unknown[0]
        )
    code = str(place.get("division_code") or "")
    if code and not (code.isdigit() and len(code) in (6, 9, 12)):
        raise Refused("division_code", _("区划代码须为 6、9 或 12 位数字"), field="division_code", value=code)


def _opened(wanted: Sequence[NewCase], versions: dict[Key, int], account: Any) -> dict[Key, Case]:
    if not wanted:
        return {}
    for new in wanted:
        procedure_of(new.system, new.procedure)
        if (new.system, new.procedure) not in versions:
            versions[new.system, new.procedure] = current(new.system, new.procedure).pk
    made = [_begun(new, versions[new.system, new.procedure], account) for new in wanted]
    _number(made)
    tasks = [task for changes in made for task in changes.tasks]
    for changes in made:
        for task in changes.tasks:
            reached(changes, task)
    entries = [entry for changes in made for entry in changes.entries]
    sent(insertion([changes.case for changes in made], is_keyed=True), insertion(tasks, is_keyed=True),
         insertion(entries))  # fmt: skip
    _keep_files(wanted, made)
    for changes in made:
        _tell(changes)
    return {(changes.case.system, changes.case.idempotency_key): changes.case for changes in made}


def _begun(new: NewCase, version: int, account: Any) -> Changes:
    """The case with its first tasks, nothing written yet."""
    at = new.opened_at or now()
    place, reporter = dict(new.place or {}), dict(new.reporter or {})
    form = {"kind": new.kind, "classification": new.classification, "channel": new.channel} | dict(
        new.form or {}
    )
    phone = str(reporter.get("phone") or "")
    case = Case(
        system=new.system, procedure=new.procedure, version_id=version, idempotency_key=new.idempotency_key,
        kind=new.kind[:40], classification=new.classification[:40], title=new.title.strip()[:200], text=new.text,
        channel=new.channel[:40], reporter_name=str(reporter.get("name") or ""), reporter_phone=phone,
        reporter_mark=reporter_mark(phone), reporter_account=reporter.get("account"), lon=place.get("lon"),
        lat=place.get("lat"), address=str(place.get("address") or "")[:300],
        cell_code=str(place.get("cell_code") or "")[:20], division_code=str(place.get("division_code") or ""),
        organisation=new.organisation, opened_at=at, opened_by=account, is_confidential=new.is_confidential,
        is_simulated=new.is_simulated, form=form, limit_kind=str(new.limit.kind) if new.limit else "",
        limit_amount=new.limit.amount if new.limit else None,
    )  # fmt: skip
    changes = Changes(case, account, at)
    if new.limit is not None:
        set_times(case, at, changes.spans)
    if new.organisation is not None:
        changes.see([unit_key(case.system, new.organisation.pk)])
    changes.see(account_key(each.pk) for each in (account, reporter.get("account")) if each is not None)
    changes.note(Act.OPEN, note=case.title, after={"channel": case.channel, "form": form})
    drawing = drawing_of(version)
    try:
        move = engine.start(drawing, form)
    except engine.NoWay as error:
        raise Refused(error.code, str(error), field="form") from error
    if move.is_finished:
        raise Refused("ends_at_once", _("按所填内容流程没有需要办理的环节"), field="form")
    moved(changes, drawing, move, [])
    return changes


def _number(made: list[Changes]) -> None:
    """Numbers and keys of the cases, keys of their tasks: one round trip, as late as can be."""
    day = now().date()
    groups: dict[str, list[Case]] = {}
    for changes in made:
        prefix = procedure_of(changes.case.system, changes.case.procedure).prefix
        groups.setdefault(prefix, []).append(changes.case)
    tasks = [task for changes in made for task in changes.tasks]
    counts = [counting(prefix, day, len(groups[prefix])) for prefix in sorted(groups)]
    *lasts, case_keys, task_keys = sent(*counts, fresh_keys(Case, len(made)), fresh_keys(Task, len(tasks)))
    for prefix, ((last,),) in zip(sorted(groups), lasts, strict=True):
        for case, number in zip(groups[prefix], numbers(prefix, day, last, len(groups[prefix])), strict=True):
            case.number = number
    for changes, (key,) in zip(made, case_keys, strict=True):
        keyed(changes.case, key)
        for task in changes.tasks:  # the key of the case is known only now
            task.case = changes.case
        for entry in changes.entries:
            entry.case = changes.case
    for task, (key,) in zip(tasks, task_keys, strict=True):
        keyed(task, key)


def _keep_files(wanted: Sequence[NewCase], made: list[Changes]) -> None:
    for new, changes in zip(wanted, made, strict=True):
        for file in new.files:
            attach(file, FILES_OF, changes.case.number, changes.account)


def _tell(changes: Changes) -> None:
    case = changes.case
    publish(
        CaseOpened(case.pk, case.number, case.system, case.procedure, case.channel, case.classification,
                   case.organisation_id, case.division_code, case.opened_at)
    )  # fmt: skip
    for event in changes.events:
        publish(event)


__all__ = ["NewCase", "open_case", "open_cases", "reporter_mark"]
