"""Places for maps: open to anybody, cached by its version."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from district.kernel.places import queries
from district.kernel.places.models import Level


def _version(request: HttpRequest) -> str:
    return f'"{queries.divisions_version(request.GET.get("level", "town"))}"'


@cache_control(public=True, max_age=300)
@condition(etag_func=_version)
def divisions_geojson(request: HttpRequest) -> HttpResponseBase:
    """`?level=district|town|village`, town when left out; 400 names the levels when it is none of them."""
    level = request.GET.get("level", "town")
    if level not in Level.values:
        rule = {"level": level, "levels": "、".join(Level.values)}
        refusal = {"error": "unknown_level", "field": "level", "value": level}
        refusal["detail"] = _("级别 %(level)s 不存在，可用：%(levels)s") % rule
        return JsonResponse(refusal, status=400)
    return JsonResponse(queries.divisions_geojson(level), json_dumps_params={"ensure_ascii": False})
