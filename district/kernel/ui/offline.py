"""Pages that open without a network: the worker that keeps them, from an address whose scope reaches them."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404

WORKER = "ui/offline_worker.js"


def offline_worker() -> FileResponse:
    """The script of the service worker. A system gives it an address of its own, beside the pages it keeps."""
    found = finders.find(WORKER)
    if not isinstance(found, str):
        raise Http404(WORKER)
    answer = FileResponse(open(found, "rb"), content_type="text/javascript")  # noqa: SIM115 - the answer closes it
    answer["Cache-Control"] = "no-cache"
    return answer
