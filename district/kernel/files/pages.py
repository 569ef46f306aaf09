"""Files are given out to those who may look at what they belong to."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from district.kernel.files import content_store
from district.kernel.files.models import FileLink
from district.kernel.files.owners import may_look
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address

POLICY = "default-src 'none'; sandbox"


@allow("staff")
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file as a download; `?show=1` lets a browser draw a picture. A look at a personal file is noted."""
    return _given(request, FileLink.objects.filter(pk=pk))


@allow("staff")
@require_safe
def kept(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same by the key of the file itself: for what the account may look at it as part of."""
    return _given(request, FileLink.objects.filter(file=pk))


def _given(request: HttpRequest, links: QuerySet[FileLink]) -> HttpResponseBase:
    found = (link for link in links.select_related("file") if may_look(request.user, link.subject_kind, link.subject))
    link = next(found, None)
    if link is None:
        raise Http404("no such file for this account")
    if link.is_personal:
        record_look(request.user, "file", f"{link.subject_kind} {link.subject} {link.pk}", link.purpose, ("content",),
                    address=client_address(request) or "")  # fmt: skip
    return file_response(link, is_shown=request.GET.get("show") == "1")


def file_response(link: FileLink, *, is_shown: bool = False) -> FileResponse:
    """The content with headers under which a browser runs nothing of it. Http404 when the content is lost."""
    try:
        content = content_store.path_of(link.file.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404("the content is not there") from error
    is_download = not (is_shown and link.file.is_shown_in_pages)
    answer = FileResponse(
        content, as_attachment=is_download, filename=link.file.name, content_type=link.file.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-store"
    return answer
