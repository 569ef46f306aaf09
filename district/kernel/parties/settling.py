"""Which of the values sources gave is the one in use.

The smaller rank wins (`Precedence` of that key and source, else the source's own), then the later `source_at`, then the
smaller value (of a sealed one, the smaller mark). It depends on the set of what was said, not on the order in which it arrived.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import F

from district.kernel.parties.models import Party

_ROOTS = """
CREATE TEMPORARY TABLE settled_root ON COMMIT DROP AS
SELECT DISTINCT root_id FROM parties_party WHERE id = ANY(%s) OR root_id = ANY(%s)
"""
_ATTRIBUTES = """
WITH open AS MATERIALIZED (
    SELECT p.root_id, a.key
    FROM settled_root r
    JOIN parties_party p ON p.root_id = r.root_id
    JOIN parties_attribute a ON a.party_id = p.id
    GROUP BY p.root_id, a.key HAVING count(*) > 1 OR bool_or(NOT a.is_current)),
ranked AS (
    SELECT a.id, row_number() OVER (
        PARTITION BY p.root_id, a.key
        ORDER BY coalesce(own.rank, s.rank), a.source_at DESC,
            CASE WHEN starts_with(a.value, E'\\x02') THEN a.mark ELSE a.value END, s.key, a.id) = 1 AS wins
    FROM open
    JOIN parties_party p ON p.root_id = open.root_id
    JOIN parties_attribute a ON a.party_id = p.id AND a.key = open.key
    JOIN parties_source s ON s.id = a.source_id
    LEFT JOIN parties_precedence own ON own.source_id = s.id AND own.key = a.key)
UPDATE parties_attribute a SET is_current = ranked.wins
FROM ranked WHERE a.id = ranked.id AND a.is_current <> ranked.wins
"""
"""Only where there is a choice: the one value of a key is in use from the start, which spares ranking millions."""
_NAMES = """
WITH open AS MATERIALIZED (
    SELECT p.root_id
    FROM settled_root r
    JOIN parties_party p ON p.root_id = r.root_id
    JOIN parties_name n ON n.party_id = p.id
    GROUP BY p.root_id HAVING count(*) > 1 OR bool_or(n.is_current <> (n.kind = 'legal'))),
ranked AS (
    SELECT n.id, n.kind = 'legal' AND row_number() OVER (
        PARTITION BY p.root_id
        ORDER BY n.kind <> 'legal', n.until_on IS NOT NULL, coalesce(own.rank, s.rank), n.source_at DESC, n.name,
                 s.key, n.id) = 1 AS wins
    FROM open
    JOIN parties_party p ON p.root_id = open.root_id
    JOIN parties_name n ON n.party_id = p.id
    JOIN parties_source s ON s.id = n.source_id
    LEFT JOIN parties_precedence own ON own.source_id = s.id AND own.key = 'name')
UPDATE parties_name n SET is_current = ranked.wins
FROM ranked WHERE n.id = ranked.id AND n.is_current <> ranked.wins
"""
_PARTIES = """
WITH told AS (
    SELECT r.root_id,
        max(n.name) AS name, max(a.value) AS division_code
    FROM settled_root r
    JOIN parties_party p ON p.root_id = r.root_id
    LEFT JOIN parties_name n ON n.party_id = p.id AND n.is_current
    LEFT JOIN parties_attribute a ON a.party_id = p.id AND a.is_current AND a.key = 'division_code'
    GROUP BY r.root_id)
UPDATE parties_party p SET name = coalesce(told.name, ''), division_code = left(coalesce(told.division_code, ''), 12)
FROM told WHERE p.id = told.root_id
    AND (p.name, p.division_code) IS DISTINCT FROM (coalesce(told.name, ''), left(coalesce(told.division_code, ''), 12))
"""


def settle(parties: Iterable[int]) -> None:
    """Marks the values in use of these parties and of all that are one with them. Inside a transaction."""
    keys = list(parties)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS settled_root")
        cursor.execute(_ROOTS, [keys, keys])
        cursor.execute("ANALYZE settled_root")
        for statement in (_ATTRIBUTES, _NAMES, _PARTIES):
            cursor.execute(statement)


def settle_all() -> None:
    """After a change of ranks."""
    settle(Party.objects.filter(pk=F("root_id")).values_list("pk", flat=True))
