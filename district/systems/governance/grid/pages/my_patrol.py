"""我的巡防: the grid worker's phone page. It records only between start and end, and works without a network."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Patrol, PatrolPlan
from ..actions.patrols import TRACK_TERM_DAYS, end_patrol, record_points, start_patrol
from ..queries.cells import cells_of_worker
from ..refused import Refused
from ..track import read_gpx, read_points

LARGEST_BYTES = 2_000_000
SHOWN = 5


def my_patrol(request: HttpRequest) -> HttpResponseBase:
    running = Patrol.objects.filter(account=request.user, ended_at=None).select_related("plan").first()
    own = set(cells_of_worker(request.user))
    plans = [(plan, bool(own & set(plan.cell_codes))) for plan in PatrolPlan.objects.filter(is_in_use=True)]
    context = {
        "running": running, "plans": sorted(plans, key=lambda pair: not pair[1]), "term_days": TRACK_TERM_DAYS,
        "check_points": running.plan.check_points.all() if running else [],
        "done": Patrol.objects.filter(account=request.user, ended_at__isnull=False).select_related("plan")[:SHOWN],
    }  # fmt: skip
    return page(request, "governance/grid/my_patrol.html", context)


@part(of="my_patrol", path="my-patrol/start", methods=("POST",))
def patrol_start(request: HttpRequest) -> HttpResponseBase:
    given = request.POST.get("plan", "")
    plan = get_object_or_404(PatrolPlan, pk=int(given) if given.isdecimal() else 0, is_in_use=True)
    try:
        start_patrol(plan, request.user)
    except Refused as refusal:
        messages.error(request, refusal.text)
    return redirect(reverse("governance:my_patrol"))


@part(of="my_patrol", path="my-patrol/<int:patrol_id>/points", methods=("POST",))
def patrol_points(request: HttpRequest, patrol_id: int) -> HttpResponse:
    """A batch of points as JSON: {"points": [{at, lon, lat, accuracy}]}. Sent again it changes nothing."""
    found = get_object_or_404(Patrol, pk=patrol_id, account=request.user)
    try:
        if len(request.body) > LARGEST_BYTES:
            raise Refused("too_large", _("一次上传不超过 2 MB"), field="points")
        body = json.loads(request.body)
        fixes, unread = read_points(body.get("points") if isinstance(body, dict) else None)
        kept, refused = record_points(found, request.user, fixes)
    except (json.JSONDecodeError, UnicodeDecodeError):
        return JsonResponse(
            {"error": "not_json", "field": "", "value": "", "detail": _("不是 JSON")}, status=400
        )
    except Refused as refusal:
        return JsonResponse(refusal.as_json(), status=400)
    said = [{"place": one.place, "error": one.code, "detail": one.text} for one in [*unread, *refused]]
    return JsonResponse({"kept": kept, "refused": said, "is_over": found.ended_at is not None})


@part(of="my_patrol", path="my-patrol/<int:patrol_id>/gpx", methods=("POST",))
def patrol_gpx(request: HttpRequest, patrol_id: int) -> HttpResponseBase:
    """A GPX file of the round, from a receiver of another make."""
    found = get_object_or_404(Patrol, pk=patrol_id, account=request.user)
    file = request.FILES.get("gpx")
    try:
        if file is None or file.size > LARGEST_BYTES:
            raise Refused("too_large", _("请选择不超过 2 MB 的 GPX 文件"), field="gpx")
        kept, refused = record_points(found, request.user, read_gpx(file.read()))
    except ValueError as refusal:  # Refused is one too
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("保存 %(kept)s 点，%(refused)s 点不在巡防内或不可信")
                         % {"kept": kept, "refused": len(refused)})  # fmt: skip
    return redirect(reverse("governance:my_patrol"))


@part(of="my_patrol", path="my-patrol/<int:patrol_id>/end", methods=("POST",))
def patrol_end(request: HttpRequest, patrol_id: int) -> HttpResponseBase:
    done = end_patrol(get_object_or_404(Patrol, pk=patrol_id, account=request.user))
    reached = len(done.reached.get("check_points", {}))
    messages.success(request, _("巡防结束：%(km)s 公里，到达 %(n)s 个必到点")
                     % {"km": f"{done.length_m / 1000:.1f}", "n": reached})  # fmt: skip
    return redirect(reverse("governance:patrol", args=[done.pk]))
