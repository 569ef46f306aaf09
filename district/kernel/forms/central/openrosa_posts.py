"""A phone's post: `xml_submission_file` and the files beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from district.kernel.forms.central.problems import Problem
from district.kernel.forms.xml import MOST_BYTES

XML_PART = "xml_submission_file"
MARK = "*isIncomplete*"


def posted(request: HttpRequest) -> tuple[bytes, dict[str, Any]]:
    """The XML and the files by the names the phone gives them."""
    part = request.FILES.get(XML_PART)
    if part is not None:
        xml = part.read(MOST_BYTES + 1)
    elif XML_PART in request.POST:
        xml = request.POST[XML_PART].encode()
    else:
        raise Problem(400.7, f"Required multipart POST field {XML_PART} missing.", field=XML_PART)
    files: dict[str, Any] = {}
    for name, uploads in request.FILES.lists():
        if name != XML_PART:
            for upload in uploads:
                files[upload.name or name] = upload
    return xml, files


def is_incomplete(request: HttpRequest) -> bool:
    """Whether more files of the same submission follow in a later post."""
    return request.POST.get(MARK, "").lower() == "yes"
