"""`/api/feeds/v1/`: changes of rows for programs of departments, with the token and the grant of `/api/data/v1/`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from district.kernel.datasets.models import Resource
from district.kernel.feeds import reading
from district.kernel.grants.api import problem
from district.kernel.grants.entering import enter, spend_rows
from district.kernel.grants.refused import Refused
from district.kernel.people.access import allow

PREFIX = "/feeds/v1"
router = Router()


@router.get("/{resource}/changes", summary="某一编号之后的数据变更，按次序，限授权范围")
@decorate_view(allow("public"))
def changes(
    request: HttpRequest, resource: str, after: int = Query(0, ge=0), limit: int = Query(100, ge=1, le=reading.MOST)
) -> HttpResponse:
    """答复里的 `next` 是下次的 `after`；`op` 为 put（新增或更新）或 removed（删除，或离开授权范围）。

    须带 `Authorization: Bearer 令牌`。变更保存 14 天；过期答复 410，须重新读取全部数据。
    """
    try:
        entered = enter(request, resource)
        if entered.rule.grant_id is None:
            raise Refused("no_grant", "变更只向有授权的应用提供", field="resource", value=resource, status=403)
        found = reading.changes_after(
            entered.viewer, entered.rule, Resource.objects.get(pk=entered.resource.pk), after, limit
        )
        spend_rows(entered, len(found.changes))
    except Refused as refused:
        return problem(refused)
    return {"changes": found.changes, "next": found.next, "has_more": found.has_more}
