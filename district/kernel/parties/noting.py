"""What sources say goes in here, one party or a million, by the same statements on sets.

Everything kept is a set that only grows, and of each thing said the first and the last time it was said; so deliveries
may come twice, late, and in any order, and leave the same behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection, transaction

from district.kernel.parties import number_columns, numbers, sealing
from district.kernel.parties.delivery import LONGEST, NAMES, Delivery, Receipt, Related
from district.kernel.parties.models import Number, PartyKind, Source
from district.kernel.parties.models.parties import NumberKind
from district.kernel.parties.numbers import Kind
from district.kernel.parties.settling import settle

LOCK = 0x70617274
"""Key of the advisory lock: two deliveries that bring the same new number wait for one another."""

LOCAL, WRITTEN = str(NumberKind.LOCAL), str(NumberKind.WRITTEN)


def party_kind(number_kind: str) -> PartyKind:
    return PartyKind("person" if number_kind in numbers.OF_PERSONS else "entity")


@transaction.atomic
def note_many(delivery: Delivery, source: Source) -> Receipt:
    """Notes what `source` says; refused rows are counted by code in the receipt, the rest is noted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        parties, receipt = _parties_of(cursor, delivery, source)
        _note_facts(cursor, delivery, source, parties)
        touched = set(parties[parties > 0].tolist())
        for related in delivery.related:
            touched |= _note_related(cursor, delivery, related, source, parties)
    settle(touched)
    return receipt


def _parties_of(cursor: Any, delivery: Delivery, source: Source) -> tuple[np.ndarray, Receipt]:
    """The key of the party of each row, 0 where the row is refused. Makes those that are new."""
    checked = number_columns.checked(delivery.number_kind, delivery.numbers)
    kind = party_kind(delivery.number_kind)
    parties = np.zeros(len(delivery.numbers), dtype=np.int64)
    receipt = Receipt(rows=len(parties))
    if checked.is_right.any():
        found, made = _keys(
            cursor, kind, delivery.number_kind, checked.numbers[checked.is_right], delivery.is_simulated
        )
        parties[checked.is_right], receipt.made = found, made
    wrong: list[int] = np.flatnonzero(~checked.is_right).tolist()
    if delivery.local_keys is not None:
        local = [i for i in wrong if delivery.local_keys[i]]
        if local:
            names = np.array([f"{source.key}:{delivery.local_keys[i]}" for i in local])
            parties[local], made = _keys(cursor, kind, LOCAL, names, delivery.is_simulated)
            _note_written(parties[local], names, [delivery.numbers[i] for i in local])
            receipt.made, receipt.local = receipt.made + made, len(local)
        wrong = [i for i in wrong if not parties[i]]
    receipt.refused = dict(Counter(_reason(delivery.number_kind, delivery.numbers[i]) for i in wrong))
    return parties, receipt


def _reason(kind: str, text: str | None) -> str:
    if not text or not text.strip():
        return "missing"
    try:
        numbers.checked(kind, text)
    except numbers.NumberError as error:
        return error.code
    raise AssertionError(f"columns and numbers disagree about a {kind}")


def _keys(
    cursor: Any, kind: PartyKind, number_kind: str, column: np.ndarray, is_simulated: bool
) -> tuple[np.ndarray, int]:
    """The party of each number of a column, made where there is none; and how many were made."""
    unique, place = np.unique(column, return_inverse=True)
    cursor.execute("DROP TABLE IF EXISTS noted_number")
    cursor.execute(
        "CREATE TEMPORARY TABLE noted_number (n int, digest bytea, part bytea, party_id bigint, is_new boolean DEFAULT false)"
        " ON COMMIT DROP"
    )
    parts = [numbers.organisation_of(number) if number_kind == Kind.CREDIT else None for number in unique]
    rows = (
        (n, sealing.digest(number_kind, number), part and sealing.digest(Kind.ORGANISATION, part))
        for n, (number, part) in enumerate(zip(unique, parts, strict=True))
    )
    _copy(cursor, "COPY noted_number (n, digest, part) FROM STDIN", rows)
    cursor.execute("ANALYZE noted_number")
    for column_name, of_kind in (("digest", number_kind), ("part", str(Kind.ORGANISATION))):
        cursor.execute(
            f"UPDATE noted_number SET party_id = known.party_id FROM parties_number known WHERE known.kind = %s"  # noqa: S608
            f" AND known.digest = noted_number.{column_name} AND noted_number.party_id IS NULL",
            [of_kind],
        )
    made = _make_parties(cursor, kind, is_simulated)
    _seal_missing(cursor, number_kind, unique, "digest")
    if number_kind == Kind.CREDIT:
        _seal_missing(cursor, Kind.ORGANISATION, parts, "part")
    cursor.execute("SELECT party_id FROM noted_number ORDER BY n")
    keys = np.fromiter((row[0] for row in cursor.fetchall()), dtype=np.int64, count=len(unique))
    return keys[place], made


def _make_parties(cursor: Any, kind: PartyKind, is_simulated: bool) -> int:
    """New codes of one body (the same 组织机构代码 in two) make one party, not two."""
    cursor.execute(
        "WITH fresh AS (SELECT body, nextval('parties_party_id_seq') AS id FROM"
        " (SELECT DISTINCT coalesce(part, digest) AS body FROM noted_number WHERE party_id IS NULL) AS bodies)"
        " UPDATE noted_number SET party_id = fresh.id, is_new = true FROM fresh"
        " WHERE noted_number.party_id IS NULL AND fresh.body = coalesce(noted_number.part, noted_number.digest)"
    )
    cursor.execute(
        "INSERT INTO parties_party (id, kind, name, division_code, root_id, is_simulated, created_at)"
        " SELECT DISTINCT party_id, %s, '', '', party_id, %s, now() FROM noted_number WHERE is_new",
        [kind, is_simulated],
    )
    return int(cursor.rowcount)


def _seal_missing(cursor: Any, kind: str, texts: Sequence[str | None] | np.ndarray, column: str) -> None:
    """Only a number that is not stored yet is sealed: that is the dear part."""
    cursor.execute(
        f"SELECT min(n), {column}, min(party_id) FROM noted_number WHERE {column} IS NOT NULL AND NOT EXISTS"  # noqa: S608
        f" (SELECT FROM parties_number known WHERE known.kind = %s AND known.digest = noted_number.{column})"
        f" GROUP BY {column}",
        [kind],
    )
    fresh = cursor.fetchall()
    rows = ((party, kind, sealing.seal(str(texts[n])), digest) for n, digest, party in fresh)
    if fresh:
        _copy(cursor, "COPY noted_seal (party_id, kind, sealed, digest) FROM STDIN", rows, table="noted_seal")
        cursor.execute(
            "INSERT INTO parties_number (party_id, kind, sealed, digest, created_at)"
            " SELECT party_id, kind, sealed, digest, now() FROM noted_seal ON CONFLICT DO NOTHING"
        )


def _note_written(parties: np.ndarray, names: np.ndarray, texts: Sequence[str | None]) -> None:
    """The number as the source wrote it, sealed; its digest is of the row too, for two rows may share a wrong number."""
    rows = [
        Number(
            party_id=int(party), kind=WRITTEN, sealed=sealing.seal(numbers.tidied(text)[:40]),
            digest=sealing.digest(WRITTEN, f"{name}:{numbers.tidied(text)[:40]}"),
        )
        for party, name, text in zip(parties, names, texts, strict=True) if text and text.strip()
    ]  # fmt: skip
    Number.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5000)


def _note_facts(cursor: Any, delivery: Delivery, source: Source, parties: np.ndarray) -> None:
    keys = parties.tolist()
    is_person = party_kind(delivery.number_kind) == PartyKind.PERSON
    attributes = [(key, column) for key, column in delivery.facts.items() if key not in NAMES]
    plain = [each for each in attributes if not (is_person and each[0] in sealing.SEALED_KEYS)]
    sealed = [each for each in attributes if is_person and each[0] in sealing.SEALED_KEYS]
    names = [(NAMES[key], column) for key, column in delivery.facts.items() if key in NAMES]
    said = ((*fact, None) for fact in _said(keys, plain, LONGEST["value"]))
    _merge_facts(
        cursor, "attribute", ("key", "value"), chain(said, _sealed(cursor, keys, sealed, source)), delivery, source
    )
    named = ((*fact, None) for fact in _said(keys, names, LONGEST["name"]))
    _merge_facts(cursor, "name", ("kind", "name"), named, delivery, source)


def _sealed(
    cursor: Any, keys: Sequence[int], columns: Sequence[tuple[str, Sequence[str | None]]], source: Source
) -> Iterator[tuple[int, str, str, str]]:
    """Party, key, sealed value and mark. What the source has said before is not sealed again: that is the dear part."""
    facts = [
        (party, key, text, sealing.fact_mark(key, text)) for party, key, text in
        _said(keys, columns, LONGEST["value"])
    ]  # fmt: skip
    known = _known_marks(cursor, facts, source) if facts else set()
    # Asked before the rows go in: a cursor that copies can ask nothing.
    return (
        (party, key, "" if (party, mark) in known else sealing.sealed_fact(text), mark) for party, key, text, mark in facts
    )


def _known_marks(cursor: Any, facts: Sequence[tuple[int, str, str, str]], source: Source) -> set[tuple[int, str]]:
    cursor.execute("SELECT EXISTS (SELECT FROM parties_attribute WHERE source_id = %s)", [source.pk])
    if cursor.fetchone() == (False,):
        return set()
    cursor.execute(
        "SELECT party_id, mark FROM parties_attribute WHERE source_id = %s AND party_id = ANY(%s) AND key = ANY(%s)",
        [source.pk, list({fact[0] for fact in facts}), sorted({fact[1] for fact in facts})],
    )
    return set(cursor.fetchall())


def _said(
    keys: Sequence[int], columns: Sequence[tuple[str, Sequence[str | None]]], longest: int
) -> Iterator[tuple[int, str, str]]:
    for key, column in columns:
        for party, value in zip(keys, column, strict=True):
            if party and value:
                text = value.strip()[:longest].strip()
                if text:
                    yield party, key, text.replace("\x00", "").replace(sealing.SEAL, "")


def _merge_facts(
    cursor: Any, table: str, columns: tuple[str, str], rows: Iterable[Any], delivery: Delivery, source: Source
) -> None:
    """`table` and `columns` are ours, never anybody's input."""
    first, second = columns
    _copy(cursor, "COPY noted_fact (party_id, a, b, mark) FROM STDIN", rows, table="noted_fact")
    is_marked = table == "attribute"
    given, shown = (", mark", ", coalesce(mark, md5(b))") if is_marked else ("", "")
    # Most values are the only ones of their party, and are written once when they come in as the ones in use.
    in_use = "true" if is_marked else "a = 'legal'"
    once = "party_id, a, coalesce(mark, md5(b))" if is_marked else "party_id, a, b"
    cursor.execute(
        f"INSERT INTO parties_{table} AS kept (party_id, {first}, {second}{given}, source_id, first_at, source_at, is_current)"  # noqa: S608
        f" SELECT DISTINCT ON ({once}) party_id, a, b{shown}, %s, %s::timestamptz, %s::timestamptz, {in_use} FROM noted_fact"
        f" ON CONFLICT (party_id, {_conflict(table)}, source_id) DO UPDATE"
        f" SET first_at = least(kept.first_at, excluded.first_at), source_at = greatest(kept.source_at, excluded.source_at)"
        f" WHERE kept.first_at > excluded.first_at OR kept.source_at < excluded.source_at",
        [source.pk, delivery.at, delivery.at],
    )


def _conflict(table: str) -> str:
    return "key, mark" if table == "attribute" else "name, kind"


def _note_related(
    cursor: Any, delivery: Delivery, related: Related, source: Source, parties: np.ndarray
) -> set[int]:
    """Makes the others of a relation and the relations; a row without a right number of the other has none."""
    checked = number_columns.checked(related.number_kind, related.numbers)
    rows: list[int] = np.flatnonzero(checked.is_right & (parties > 0)).tolist()
    if not rows:
        return set()
    kind = party_kind(related.number_kind)
    others, _made = _keys(cursor, kind, related.number_kind, checked.numbers[rows], delivery.is_simulated)
    named = [related.names[i] for i in rows]
    _merge_facts(
        cursor, "name", ("kind", "name"), ((*fact, None) for fact in _said(others.tolist(), [("legal", named)], 200)),
        delivery, source,
    )  # fmt: skip
    pairs = (
        (int(parties[i]), int(other)) for i, other in zip(rows, others, strict=True) if parties[i] != other
    )
    _copy(cursor, "COPY noted_pair (party_id, other_id) FROM STDIN", pairs, table="noted_pair")
    cursor.execute(
        "INSERT INTO parties_relation AS kept (party_id, kind, other_id, source_id, source_at)"
        " SELECT DISTINCT party_id, %s, other_id, %s, %s::timestamptz FROM noted_pair"
        " ON CONFLICT (party_id, kind, other_id, source_id)"
        " DO UPDATE SET source_at = greatest(kept.source_at, excluded.source_at)",
        [related.kind, source.pk, delivery.at],
    )
    return set(others.tolist())


_TABLES = {
    "noted_seal": "party_id bigint, kind text, sealed text, digest bytea",
    "noted_fact": "party_id bigint, a text, b text, mark text",
    "noted_pair": "party_id bigint, other_id bigint",
}


def _copy(cursor: Any, statement: str, rows: Iterable[Any], *, table: str = "") -> None:
    """COPY of rows, into a temporary table of this transaction made anew when one is named."""
    if table:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({_TABLES[table]}) ON COMMIT DROP")
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
