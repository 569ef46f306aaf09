"""开放数据: the datasets anybody may take, as files and by the interface."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse

from district.kernel.clock import now, today
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..queries.open_datasets import as_csv, as_json, dataset_rows, open_datasets
from .moments import read_whole

LONGEST_DAYS = 400
API_PATHS = (
    "/api/environment/stations",
    "/api/environment/latest",
    "/api/environment/hours",
    "/api/environment/days",
    "/api/environment/forecast",
    "/api/docs",
    "/api/openapi.json",
)


def open_data(request: HttpRequest) -> HttpResponseBase:
    listed = [
        {"dataset": dataset, "days": 7 if dataset.updates == "hourly" else 365} for dataset in open_datasets()
    ]
    return page(request, "environment/open_data.html", {"datasets": listed, "api_paths": API_PATHS})


@part(of="open_data", path="open-data/<str:key>.<slug:form>")
def open_data_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """`?days=` up to 400: the rows of the last days as `csv` or `json`."""
    dataset = next((one for one in open_datasets() if one.key == key), None)
    if dataset is None or form not in ("csv", "json"):
        raise Http404(key)
    days = read_whole(request.GET.get("days"), 30, 1, LONGEST_DAYS)
    rows = dataset_rows(dataset, today() - timedelta(days=days), today())
    name = f"{dataset.key}-{now():%Y%m%d}.{form}"
    make = as_csv if form == "csv" else as_json
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    answer = StreamingHttpResponse(make(dataset, rows), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "public, max-age=300"
    return answer
