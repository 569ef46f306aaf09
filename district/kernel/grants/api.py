"""`/api/data/v1/`: rows of the catalogue's resources for programs of departments (OAuth2 client credentials).

A token comes from `/oauth/token`. Errors are problems as of RFC 9457 with a stable `code` and words in Chinese.
"""

from __future__ import annotations

from typing import Any

import orjson
import psycopg
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view

from district.kernel.grants import delivery
from district.kernel.grants.entering import enter
from district.kernel.grants.refused import Refused
from district.kernel.people.access import allow

PREFIX = "/data/v1"
router = Router()


@router.get("/{resource}/rows", summary="授权范围内的数据：按游标分页，可筛选、选列、排序")
@decorate_view(allow("public"))
def rows(request: HttpRequest, resource: str) -> HttpResponse:
    """筛选写作 `信息项.比较=值`，比较有 eq、ne、lt、le、gt、ge、in、prefix、is_set。

    另有 `fields`（列）、`sort`（如 -born_on,id）、`limit`（1 至 1000，默认 100）、`cursor`（上一页答复里的 next）。
    须带 `Authorization: Bearer 令牌`；向社会开放的资源可以不带。
    """
    try:
        return delivery.rows(request, resource)
    except Refused as refused:
        return problem(refused)
    except psycopg.DataError as error:
        return problem(Refused("bad_value", "条件的值与数据的类型不符", value=str(error)[:80]))


@router.get("/{resource}", summary="可用的信息项、脱敏方式、授权编号和剩余配额")
@decorate_view(allow("public"))
def described(request: HttpRequest, resource: str) -> Any:
    try:
        entered = enter(request, resource)
    except Refused as refused:
        return problem(refused)
    rule = entered.rule
    return {
        "resource": rule.resource, "title": entered.resource.title, "grant": rule.number or None,
        "purpose": rule.purpose, "divisions": list(rule.divisions),
        "items": [
            {"name": column.name, "title": column.title, "type": column.shown_type, "mask": column.mask or None}
            for column in rule.columns
        ],
        "quota": {
            "requests_left_in_minute": entered.quota.minute_left, "requests_left_today": entered.quota.day_left,
            "rows_left_today": entered.quota.rows_left,
        },
    }  # fmt: skip


def problem(refused: Refused) -> HttpResponse:
    body = {
        "type": f"urn:district:problem:{refused.code}", "title": str(refused), "status": refused.status,
        "code": refused.code, "field": refused.field or None, "value": refused.value if refused.value != "" else None,
    }  # fmt: skip
    answer = HttpResponse(
        orjson.dumps(body, default=str), status=refused.status, content_type="application/problem+json"
    )
    if refused.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="district"'
    if refused.status == 429:
        answer["Retry-After"] = str(refused.value)
    return answer
