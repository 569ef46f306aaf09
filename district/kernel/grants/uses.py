"""The use log: `record` before rows go out, `seal` chains what was recorded, `verify` follows the chain.

A row is committed before its rows leave. It is chained a little later (each minute, and whenever somebody looks): a
chain in the same step would put all readers of the district in one line behind each other's disk.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import orjson
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import connection, transaction
from django.db.models import QuerySet

from district.kernel import clock
from district.kernel.grants import prepared
from district.kernel.grants.models import Seal, Use, UseSubjects
from district.kernel.grants.row_rules import Rule
from district.kernel.grants.subjects import CHUNK, array_of, count_of, digest_of
from district.kernel.grants.viewers import Viewer

START = "0" * 64
API = "api"
"""The channel of programs that ask for pages."""
LOCK = 0x75736573
LOOK_BACK = 10_000
"""How many numbers below the last sealed one may still be unsealed: transactions that ended late."""
BATCH = 2000
CHAINED = (
    "channel", "resource_id", "resource", "grant_id", "number", "organisation_id", "organisation", "who", "account_id",
    "client_id", "purpose", "items", "filter", "rows", "subjects", "subjects_digest", "address",
)  # fmt: skip
INSERT = """
    INSERT INTO grants_use (at, channel, resource_id, resource, grant_id, number, organisation_id, organisation, who,
        account_id, client_id, purpose, items, filter, rows, subjects, subjects_digest, address)
    VALUES (%(at)s, %(channel)s, %(resource_id)s, %(resource)s, %(grant_id)s, %(number)s, %(organisation_id)s,
        %(organisation)s, %(who)s, %(account_id)s, %(client_id)s, %(purpose)s, %(items)s::jsonb, %(filter)s::jsonb,
        %(rows)s, %(subjects)s, %(subjects_digest)s, %(address)s)
    RETURNING id
"""
INSERT_WITH_SUBJECTS = f"""
    WITH made AS ({INSERT}), whose AS (
        INSERT INTO grants_usesubjects (use_id, hashes) SELECT id, %(hashes)s::uuid[] FROM made
    ) SELECT id FROM made
"""  # noqa: S608 - a statement of ours
COPY_SUBJECTS = "COPY grants_usesubjects (use_id, hashes) FROM STDIN"


RECORD_OF_PAGE = """
        INSERT INTO grants_use (at, channel, resource_id, resource, grant_id, number, organisation_id, organisation, who,
            account_id, client_id, purpose, items, filter, rows, subjects, subjects_digest, address)
        SELECT %(u_at)s::timestamptz, %(u_channel)s, %(u_resource_id)s, %(u_resource)s, %(u_grant_id)s::bigint, %(u_number)s,
            %(u_organisation_id)s::bigint, %(u_organisation)s, %(u_who)s, %(u_account_id)s::bigint,
            %(u_client_id)s::bigint, %(u_purpose)s, %(u_items)s::jsonb, %(u_filter)s::jsonb,
            (SELECT least(count(*), {limit}) FROM page), 0, '', %(u_address)s
"""
INSERT_WITH_PAGE = "WITH page AS MATERIALIZED ({page}), noted AS ({record}) SELECT * FROM page"
"""A page and its record in one statement: the server has committed it before the first row is handed on."""


def with_record(page_sql: str, limit: int) -> str:
    """`page_sql` with the record of its use, for rows that speak of no person: its values are `values_with_page`."""
    return INSERT_WITH_PAGE.format(page=page_sql, record=record_of_page(limit))


def record_of_page(limit: int) -> str:
    """The INSERT of the record of what a common table expression `page` gives out, of `limit` rows at most."""
    return RECORD_OF_PAGE.format(limit=int(limit))


def values_with_page(
    viewer: Viewer, rule: Rule, *, channel: str, items: Sequence[str], filter: Mapping[str, Any], title: str
) -> dict[str, Any]:
    said = _values(
        viewer, rule, channel=channel, rows=0, items=items, filter=filter, subjects=b"", purpose="", title=title
    )
    return {f"u_{name}": value for name, value in said.items()}


def record(
    viewer: Viewer,
    rule: Rule,
    *,
    channel: str,
    rows: int,
    items: Sequence[str] | None = None,
    filter: Mapping[str, Any] | None = None,
    subjects: bytes = b"",
    purpose: str = "",
    title: str = "",
) -> int:
    """Notes one use and returns its number. Call it before the rows are handed out.

    `items` are those given out (all of the rule when None), `subjects` those of the persons among the
    rows as of `subjects.subject_hashes`.
    """
    values = _values(
        viewer, rule, channel=channel, rows=rows, items=items, filter=filter, subjects=subjects, purpose=purpose,
        title=title,
    )  # fmt: skip
    number = int(prepared.one(INSERT_WITH_SUBJECTS if subjects else INSERT, values)[0])
    if count_of(subjects) > CHUNK:
        _copy_more(number, subjects)
    return number


def _copy_more(number: int, subjects: bytes) -> None:
    """The persons behind the first CHUNK: an export may speak of a million."""
    with connection.cursor() as cursor, cursor.copy(COPY_SUBJECTS) as copy:
        for start in range(CHUNK, count_of(subjects), CHUNK):
            copy.write_row((number, array_of(subjects, start, CHUNK)))


def _values(
    viewer: Viewer, rule: Rule, *, channel: str, rows: int, items: Sequence[str] | None,
    filter: Mapping[str, Any] | None, subjects: bytes, purpose: str, title: str,
) -> dict[str, Any]:  # fmt: skip
    return {
        "at": clock.now(), "channel": channel, "resource_id": rule.resource_id, "resource": (title or rule.resource)[:120],
        "grant_id": rule.grant_id, "number": rule.number, "organisation_id": viewer.organisation_id,
        "organisation": viewer.organisation[:80], "who": viewer.who[:120], "account_id": viewer.account_id,
        "client_id": viewer.client_id, "purpose": (purpose or rule.purpose)[:200],
        "items": _json(list(rule.names if items is None else items)), "filter": _json(dict(filter or {})), "rows": rows,
        "subjects": count_of(subjects), "subjects_digest": digest_of(subjects), "address": viewer.address,
        "hashes": array_of(subjects, most=CHUNK),
    }  # fmt: skip


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


@dataclass(frozen=True)
class Check:
    """`broken_at` is the place in the chain where it does not fit, None when it all does; `waiting` are not yet in it."""

    uses: int
    head: str
    waiting: int = 0
    broken_at: int | None = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None and not self.problem


@transaction.atomic
def seal() -> int:
    """Chains the uses recorded since the last time; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Seal.objects.order_by("-seq").values_list("seq", "digest", "use_id").first() or (0, START, 0)
    seq, previous, sealed = last
    fresh = Use.objects.filter(seal=None, pk__gt=sealed - LOOK_BACK).order_by("pk").iterator(chunk_size=BATCH)
    while uses := list(islice(fresh, BATCH)):
        seals = []
        for use in uses:
            seq += 1
            digest = chained(use, seq, previous)
            seals.append(Seal(seq=seq, use=use, previous=previous, digest=digest))
            previous = digest
        Seal.objects.bulk_create(seals)
    return seq - last[0]


def chained(use: Use, seq: int, previous: str) -> str:
    """SM3 over the digest before, the place in the chain and what the use says, in hexadecimal."""
    said: dict[str, Any] = {name: getattr(use, name) for name in CHAINED}
    said |= {"id": use.pk, "seq": seq, "at": use.at.astimezone(UTC).isoformat(timespec="microseconds")}
    digest = Hash(SM3())
    digest.update(bytes.fromhex(previous))
    digest.update(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())
    return digest.finalize().hex()


def verify() -> Check:
    """Follows the whole chain, and looks for uses that should be in it by now, and for changed lists of persons."""
    seal()
    count, previous = 0, START
    for each in Seal.objects.select_related("use").order_by("seq").iterator(chunk_size=BATCH):
        problem = _problem(each, count + 1, previous)
        if problem:
            return Check(count, previous, broken_at=count + 1, problem=problem)
        count, previous = count + 1, each.digest
    waiting = Use.objects.filter(seal=None)
    if waiting.filter(at__lt=clock.now() - timedelta(minutes=10)).exists():
        return Check(count, previous, waiting.count(), problem="left_out")
    return Check(count, previous, waiting.count())


def _problem(each: Seal, seq: int, previous: str) -> str:
    if each.seq != seq:
        return "gap"
    try:
        use = each.use
    except Use.DoesNotExist:
        return "taken_out"
    if each.previous != previous or chained(use, seq, previous) != each.digest:
        return "altered"
    return "" if not use.subjects or _subjects_digest(use) == use.subjects_digest else "altered"


def _subjects_digest(use: Use) -> str:
    chunks = UseSubjects.objects.filter(use=use).order_by("pk").values_list("hashes", flat=True)
    return digest_of(b"".join(each.bytes for chunk in chunks.iterator(chunk_size=20) for each in chunk))


def uses_of_subject(hash_: uuid.UUID, since: datetime | None = None) -> QuerySet[Use]:
    """Each use that gave out the rows of this person, newest first."""
    found = Use.objects.filter(
        pk__in=UseSubjects.objects.filter(hashes__contains=[hash_]).values("use_id")
    ).order_by("-pk")
    return found.filter(at__gte=since) if since else found
