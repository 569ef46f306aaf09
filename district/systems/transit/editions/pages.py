"""Editions of the timetable."""

from django.http import HttpRequest, HttpResponse

from district.kernel.ui.render import page

from ..models import Edition


def editions(request: HttpRequest) -> HttpResponse:
    """All editions, newest first."""
    return page(request, "transit/editions/editions.html", {"editions": Edition.objects.defer("feed")})
