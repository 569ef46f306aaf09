"""`GET /api/transit/plan`: journeys by bus and on foot. No account is needed; nothing of a question is kept."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from district.kernel.datasets.pages.limits import at_most
from district.kernel.people.access import allow

from ..public.network import network_in_force
from .asking import answer_to

router = Router()
MOST_A_MINUTE = 60

Spot = Annotated[str, Query(description="stop:站点编号，或“纬度,经度”，或站名、地名")]


def _refused(request: HttpRequest, text: str) -> HttpResponse:
    return JsonResponse({"errors": {"": {"code": "too_often", "message": text}}}, status=429)


@router.get("/plan", summary="出行规划：公交加步行", url_name="transit_plan")
@decorate_view(allow("public"), at_most(MOST_A_MINUTE, "transit-plan", _refused))
def plan(
    request: HttpRequest, to: Spot, from_: Annotated[str, Query(alias="from", description="同 to")],
    at: Annotated[str, Query(description="YYYY-MM-DDTHH:MM，北京时间；默认现在")] = "",
    by: Annotated[str, Query(description="leave：此时出发；arrive：此时之前到达")] = "leave",
    walk: Annotated[str, Query(description="全程最多步行多少米，100–5000")] = "",
    accessible: Annotated[str, Query(description="1：只用已知无障碍的站点和车辆")] = "",
) -> HttpResponse:  # fmt: skip
    """按到达先后（arrive 时按出发从晚到早），任何一个都不被另一个在时间、换乘、步行上全面胜过。

    mark、is_live 说明是否按实时预报；alerts 是影响行程的临时调整。被取消、疑似不来的车次不参与规划。
    """
    network = network_in_force()
    if network is None:
        raise Http404(_("今天没有已发布的时刻表"))
    asked = {"from": from_, "to": to, "at": at, "by": by, "walk": walk, "accessible": accessible}
    answer = answer_to(asked, network)
    if answer.plan is None:
        errors = {
            name: {"code": code, "message": words, "choices": [{"value": value, "name": said}
                                                               for value, said in answer.choices.get(name, ())]}
            for name, (code, words) in answer.errors.items()
        }  # fmt: skip
        return JsonResponse({"errors": errors}, status=400)
    said = JsonResponse(answer.plan)
    said["Cache-Control"] = "no-store"
    said["Access-Control-Allow-Origin"] = "*"
    return said
