"""How far an article reaches: views by day and way, counted without a cookie, an address or anything of a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from django.db import connection

from ..models import ArticleDay

MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|headless|scan|feed", re.IGNORECASE
)
SEARCHES = ("baidu.", "sogou.", "so.com", "sm.cn", "bing.", "google.", "toutiao.")
COUNT = """
    INSERT INTO programme_articleday AS known (article_id, day, way, views) VALUES (%s, %s, %s, 1)
    ON CONFLICT (article_id, day, way) DO UPDATE SET views = known.views + 1
"""


def is_reader(agent: str, headers: Mapping[str, str]) -> bool:
    """Whether a request looks like a person's: no known machine, no page fetched in advance."""
    ahead = " ".join(headers.get(name, "") for name in ("Purpose", "Sec-Purpose", "X-Purpose"))
    return bool(agent) and not MACHINES.search(agent) and "prefetch" not in ahead and "prerender" not in ahead


def way_of(referer: str, host: str) -> str:
    """Where a reader came from, as one of four words; the address itself is kept nowhere."""
    found = (urlsplit(referer).hostname or "").lower() if referer else ""
    if not found:
        return str(ArticleDay.Way.DIRECT)
    if found == host.partition(":")[0].lower():
        return str(ArticleDay.Way.OWN)
    is_search = any(found.startswith(each) or f".{each}" in found for each in SEARCHES)
    return str(ArticleDay.Way.SEARCH if is_search else ArticleDay.Way.OTHER)


def count_view(article_id: int, day: date, way: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [article_id, day, way])
