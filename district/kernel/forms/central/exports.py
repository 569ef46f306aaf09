"""Submissions of a form as files, each taking noted: they hold personal data."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse

from district.kernel.forms.central import looking
from district.kernel.forms.central.form_files import disposition
from district.kernel.forms.central.odata_filter import condition
from district.kernel.forms.central.shown import SUBMISSION_FIELDS, XLSX
from district.kernel.forms.export import csv_lines, write_csv_zip, write_xlsx
from district.kernel.forms.models import Form, Submission
from district.kernel.forms.queries import submissions_visible_to
from district.kernel.people.audit import record_look

IN_MEMORY = 4 * 1024 * 1024


def _asked(
    request: HttpRequest, project_id: int, form_id: str, kind: str
) -> tuple[Form, QuerySet[Submission]]:
    form = looking.form(request, project_id, form_id)
    found = submissions_visible_to(request.user, [form])
    if request.GET.get("$filter"):
        found = found.filter(condition(request.GET["$filter"], SUBMISSION_FIELDS))
    record_look(request.user, "forms.form", form.pk, f"导出 {kind}", ["submissions"])
    return form, found


def as_csv(request: HttpRequest, project_id: int, form_id: str) -> HttpResponseBase:
    form, found = _asked(request, project_id, form_id, "CSV")
    answer = StreamingHttpResponse(csv_lines(form, found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = disposition(f"{form.xml_form_id}.csv")
    return answer


def as_csv_zip(request: HttpRequest, project_id: int, form_id: str) -> HttpResponseBase:
    form, found = _asked(request, project_id, form_id, "CSV")
    return _file(lambda file: write_csv_zip(form, found, file), f"{form.xml_form_id}.zip", "application/zip")


def as_xlsx(request: HttpRequest, project_id: int, form_id: str) -> HttpResponseBase:
    """Ours, beside Central's: the workbook with the words of the questions."""
    form, found = _asked(request, project_id, form_id, "XLSX")
    return _file(lambda file: write_xlsx(form, found, file), f"{form.title}.xlsx", XLSX)


def _file(write: Callable[[Any], Any], name: str, media_type: str) -> HttpResponseBase:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - FileResponse closes it
    write(file)
    file.seek(0)
    answer = FileResponse(file, content_type=media_type)
    answer["Content-Disposition"] = disposition(name)
    return answer
