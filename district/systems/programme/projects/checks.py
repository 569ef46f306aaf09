"""Acceptance items that the platform runs itself. Each answers what it measured; nobody types it.

What `asks` holds, by kind:
kpi            system, key, at_least or at_most
page           address (below this site), within_ms; shows: words that must stand on it
capability     id, as `transit.4`: a page of a manifest does it, and that page answers
dataset_rows   dataset (`transit.TripRun`), at_least
dataset_fresh  dataset, column (a datetime of it), within_hours
service        key (see `availability`), share (0…1), days
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from time import perf_counter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

from district.kernel import registry
from district.kernel.clock import now
from district.kernel.datasets.catalogue import UnknownDataset, entry
from district.kernel.kpis.measuring import UnknownKpi, kpi_named, measure
from district.kernel.people.access import allows
from district.kernel.vocabulary import PUBLIC, Dataset

from .availability import share_of

MOST_SECONDS = 5
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """`measured` is the figure that was compared (None: there was none), `evidence` what else was seen."""

    is_passed: bool
    words: str
    measured: float | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


class BadAsk(ValueError):
    """An item that cannot be run; Chinese, naming field, value and rule."""


def run(kind: str, asks: dict[str, Any], account: Any) -> Outcome:
    """Runs one item now, in the name of `account`, who must hold the duties that a page wants. Never raises: what cannot
    be run has failed, and the words say why."""
    try:
        with transaction.atomic():
            return CHECKS[kind](asks, account)
    except (BadAsk, DatabaseError) as error:
        return Outcome(False, str(error).splitlines()[0][:300])


def checked(kind: str, asks: dict[str, Any]) -> None:
    """Raises BadAsk when an item of this kind could never be run."""
    wanted = WANTED[kind]
    for name in wanted:
        if asks.get(name) in (None, ""):
            raise BadAsk(f"{name}：未填写")
    for name in ("at_least", "at_most", "within_ms", "within_hours", "share", "days"):
        if asks.get(name) is not None and not isinstance(asks[name], int | float):
            raise BadAsk(f"{name}：{asks[name]!r} 不是数")
    if kind == "kpi":
        _kpi(asks)
    elif kind == "page":
        _match(str(asks["address"]))
    elif kind == "capability":
        _page_of(str(asks["id"]))
    elif kind in ("dataset_rows", "dataset_fresh"):
        dataset = _dataset(str(asks["dataset"]))
        if kind == "dataset_fresh":
            _time_column(dataset, str(asks["column"]))


WANTED: dict[str, tuple[str, ...]] = {
    "kpi": ("system", "key"),
    "page": ("address",),
    "capability": ("id",),
    "dataset_rows": ("dataset", "at_least"),
    "dataset_fresh": ("dataset", "column", "within_hours"),
    "service": ("key", "share", "days"),
    "manual": (),
}


def _kpi(asks: dict[str, Any]) -> tuple[Any, Any]:
    if (asks.get("at_least") is None) == (asks.get("at_most") is None):
        raise BadAsk("at_least、at_most：须填且只填一个")
    try:
        return kpi_named(str(asks["system"]), str(asks["key"]))
    except UnknownKpi as unknown:
        raise BadAsk(f"key：没有指标 {unknown}") from unknown


def check_kpi(asks: dict[str, Any], account: Any) -> Outcome:
    system, kpi = _kpi(asks)
    found = measure(system, kpi, now()).value
    evidence = {"parts": found.parts, "note": found.note, "rows": len(found.evidence)}
    if found.value is None:
        return Outcome(False, f"{kpi.zh}：无数据{'，' + found.note if found.note else ''}", None, evidence)
    least, most = asks.get("at_least"), asks.get("at_most")
    is_met = (least is None or found.value >= least) and (most is None or found.value <= most)
    bound = f"≥ {least:g}" if least is not None else f"≤ {most:g}"
    return Outcome(is_met, f"{kpi.zh}：{found.value:g} {kpi.unit}，要求 {bound}", found.value, evidence)


def _match(address: str) -> Any:
    if not address.startswith("/") or address.startswith("//"):
        raise BadAsk(f"address：{address} 不是本平台的地址，应以 / 开头")
    try:
        return resolve(address.partition("?")[0])
    except Resolver404 as unknown:
        raise BadAsk(f"address：本平台没有 {address}") from unknown


def _request(address: str, account: Any) -> Any:
    path, _mark, query = address.partition("?")
    host = next(
        (each for each in settings.ALLOWED_HOSTS if each not in ("", "*") and not each.startswith(".")),
        "localhost",
    )
    request: Any = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": "80",
            "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http",
        }
    )
    request.user, request.resolver_match = account, _match(address)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request._messages, request.LANGUAGE_CODE = (
        FallbackStorage(request),
        get_language() or settings.LANGUAGE_CODE,
    )
    return request


def check_page(asks: dict[str, Any], account: Any) -> Outcome:
    """By the view itself, as a visitor where it is public, else as the account; reading only, nothing it does is kept."""
    address = str(asks["address"])
    match = _match(address)
    is_public = PUBLIC in getattr(match.func, "allowed_roles", frozenset())
    if not is_public and not allows(match.func, account):
        return Outcome(False, f"{address}：运行人无权查看，应由有权的人运行")
    begun = perf_counter()
    answer = _answer(match, _request(address, AnonymousUser() if is_public else account))
    took_ms = round((perf_counter() - begun) * 1000)
    if answer is None or answer.status_code != 200:
        code = 404 if answer is None else answer.status_code
        return Outcome(False, f"{address}：返回 {code}", float(code))
    words = str(asks.get("shows") or "")
    if words and words not in _text(answer):
        return Outcome(False, f"{address}：页面上没有“{words}”", None, {"took_ms": took_ms})
    most = asks.get("within_ms")
    is_met = most is None or took_ms <= most
    return Outcome(
        is_met,
        f"{address}：返回 200，用时 {took_ms} 毫秒",
        float(took_ms),
        {"status": 200, "took_ms": took_ms},
    )


def _answer(match: Any, request: Any) -> Any:
    """The page's answer; None for one that is not found, a bare 500 for one that fails."""
    try:
        with transaction.atomic():
            return match.func(request, *match.args, **match.kwargs)
    except Http404:
        return None
    except Exception:
        log.exception("%s failed when it was checked", request.path)
        return HttpResponse(status=500)


def _text(answer: Any) -> str:
    if answer.streaming:
        return ""
    return answer.content.decode(answer.charset or "utf-8", "replace")


def _page_of(capability: str) -> tuple[Any, Any]:
    for system in registry.systems():
        for page in system.pages:
            if capability in page.does:
                return system, page
    raise BadAsk(f"id：没有页面实现 {capability}")


def check_capability(asks: dict[str, Any], account: Any) -> Outcome:
    system, page = _page_of(str(asks["id"]))
    address = reverse(f"{system.name}:{page.key}")
    match = _match(address)
    if PUBLIC in getattr(match.func, "allowed_roles", frozenset()) or allows(match.func, account):
        found = check_page({"address": address}, account)
        return Outcome(
            found.is_passed, f"{asks['id']} {page.zh}：{found.words}", found.measured, found.evidence
        )
    return Outcome(
        True,
        f"{asks['id']} {page.zh}：已上线，运行人无权打开 {address}",
        None,
        {"address": address, "opened": False},
    )


def _dataset(name: str) -> Dataset:
    system, _dot, key = name.partition(".")
    try:
        return entry(system, key).dataset
    except UnknownDataset as unknown:
        raise BadAsk(f"dataset：目录中没有 {name}") from unknown


def _time_column(dataset: Dataset, name: str) -> str:
    if name not in {column.name for column in dataset.columns if column.type == "datetime"}:
        raise BadAsk(f"column：{dataset.zh}没有时间列 {name}")
    return name


def _table(dataset: Dataset) -> str:
    return connection.ops.quote_name(dataset.table)


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{MOST_SECONDS}s'")
        cursor.execute(sql)
        row = cursor.fetchone()
        cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    return row[0] if row else None


def check_dataset_rows(asks: dict[str, Any], account: Any) -> Outcome:
    dataset = _dataset(str(asks["dataset"]))
    # No more rows are counted than decide it, and a few to show that there are more.
    table = _table(dataset)
    most = int(asks["at_least"]) * 2 + 1
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {most}) AS counted"  # noqa: S608 - names of the catalogue
    found = int(_one(counted) or 0)
    words = f"{dataset.zh}：{found} 行{'以上' if found > asks['at_least'] * 2 else ''}，要求 ≥ {asks['at_least']:g}"
    return Outcome(found >= asks["at_least"], words, float(found))


def check_dataset_fresh(asks: dict[str, Any], account: Any) -> Outcome:
    dataset = _dataset(str(asks["dataset"]))
    column, table = connection.ops.quote_name(_time_column(dataset, str(asks["column"]))), _table(dataset)
    at = now()
    newest = _one(f"SELECT max({column}) FROM {table} WHERE {column} <= now()")  # noqa: S608
    if newest is None:
        return Outcome(False, f"{dataset.zh}：没有数据")
    hours = (at - newest) / timedelta(hours=1)
    words = f"{dataset.zh}：最新数据距今 {hours:.1f} 小时，要求 ≤ {asks['within_hours']:g} 小时"
    return Outcome(hours <= asks["within_hours"], words, round(hours, 2), {"newest": newest.isoformat()})


def check_service(asks: dict[str, Any], account: Any) -> Outcome:
    at = now()
    found = share_of(str(asks["key"]), at - timedelta(days=float(asks["days"])), at)
    if found is None:
        return Outcome(False, f"{asks['key']}：监测中没有这段时间的记录")
    words = (
        f"{asks['key']}：可用率 {found.share:.4f}（{found.good}/{found.counted}），要求 ≥ {asks['share']:g}"
    )
    return Outcome(
        found.share >= asks["share"], words, found.share, {"good": found.good, "counted": found.counted}
    )


def check_manual(asks: dict[str, Any], account: Any) -> Outcome:
    raise BadAsk("人工核验事项不能由平台运行")


CHECKS: dict[str, Callable[[dict[str, Any], Any], Outcome]] = {
    "kpi": check_kpi,
    "page": check_page,
    "capability": check_capability,
    "dataset_rows": check_dataset_rows,
    "dataset_fresh": check_dataset_fresh,
    "service": check_service,
    "manual": check_manual,
}
