"""OData 4.0: submissions and entities as tables for spreadsheets, statistics programs and dashboards."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

import orjson
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from district.kernel.forms.central import looking, problems, shown
from district.kernel.forms.central.bodies import is_true, whole_number
from district.kernel.forms.central.odata_filter import condition
from district.kernel.forms.counting import rows_of
from district.kernel.forms.models import Submission, SubmissionFile, SubmissionVersion
from district.kernel.forms.queries import submissions_visible_to
from district.kernel.forms.shape import GEO, REPEAT, STRUCTURE, Field, Shape, shape_of
from district.kernel.people.audit import record_look

CHUNK = 500
NUMBERS = {"int": int, "integer": int, "long": int, "decimal": float, "double": float}
EDM = {
    "int": "Edm.Int64", "integer": "Edm.Int64", "long": "Edm.Int64", "decimal": "Edm.Decimal", "date": "Edm.Date",
    "dateTime": "Edm.DateTimeOffset", "geopoint": "Edm.GeographyPoint", "geotrace": "Edm.GeographyLineString",
    "geoshape": "Edm.GeographyPolygon",
}  # fmt: skip
SYSTEM_TYPES = (
    ("submissionDate", "Edm.DateTimeOffset"), ("updatedAt", "Edm.DateTimeOffset"), ("submitterId", "Edm.String"),
    ("submitterName", "Edm.String"), ("attachmentsPresent", "Edm.Int64"), ("attachmentsExpected", "Edm.Int64"),
    ("status", "Edm.String"), ("reviewState", "Edm.String"), ("deviceId", "Edm.String"), ("edits", "Edm.Int64"),
    ("formVersion", "Edm.String"),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The parameters of a request for a table."""

    skip: int
    top: int | None
    with_count: bool
    is_wkt: bool
    filter: str
    is_expanded: bool
    select: frozenset[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        expand = request.GET.get("$expand", "")
        if expand not in ("", "*"):
            raise problems.Problem(
                501.6, f'The given OData expand expression is not supported by this server: "{expand}". Currently, only '
                '"$expand=*" is supported.', text=expand,
            )  # fmt: skip
        select = frozenset(each.strip() for each in request.GET.get("$select", "").split(",") if each.strip())
        if select and expand:
            raise problems.Problem(
                501.11, "This server doesn't support $select query parameter with $expand."
            )
        return cls(
            whole_number(request, "$skip") or 0, whole_number(request, "$top"), is_true(request, "$count"),
            is_true(request, "$wkt"), request.GET.get("$filter", ""), expand == "*", select,
        )  # fmt: skip


def service(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    shape = shape_of(looking.published(form).xform)
    base = request.build_absolute_uri(request.path)
    tables = ["Submissions", *(_table_of(path) for path in sorted(shape.repeats))]
    return _json(
        {
            "@odata.context": f"{base}/$metadata",
            "value": [{"name": name, "kind": "EntitySet", "url": name} for name in tables],
        }
    )


def _json(found: Any) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(found, default=str), content_type="application/json; charset=utf-8")
    answer["OData-Version"] = "4.0"
    return answer


def _table_of(repeat: str) -> str:
    return "Submissions." + ".".join(shown.odata_name(step) for step in repeat.split("/"))


def metadata(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    form = looking.form(request, project_id, form_id)
    shape = shape_of(looking.published(form).xform)
    name = f"org.opendatakit.user.{shown.odata_name(form.xml_form_id)}"
    tables = [("Submissions", ""), *((_table_of(path), path) for path in sorted(shape.repeats))]
    types, sets = [], []
    for table, repeat in tables:
        types.append(_type(name, table, repeat, shape))
        sets.append(f"<EntitySet Name={quoteattr(table)} EntityType={quoteattr(f'{name}.{table}')}/>")
    structures = [_structure(name, field, shape) for field in shape.fields if field.type == STRUCTURE]
    system = "".join(f'<Property Name="{each}" Type="{kind}"/>' for each, kind in SYSTEM_TYPES)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>'
        '<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="org.opendatakit.submission">'
        f'<ComplexType Name="metadata">{system}</ComplexType></Schema>'
        f'<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace={quoteattr(name)}>'
        f"{''.join(types)}{''.join(structures)}"
        f'<EntityContainer Name="{shown.odata_name(form.xml_form_id)}">{"".join(sets)}</EntityContainer>'
        "</Schema></edmx:DataServices></edmx:Edmx>"
    )
    answer = HttpResponse(body, content_type="application/xml; charset=utf-8")
    answer["OData-Version"] = "4.0"
    return answer


def _type(name: str, table: str, repeat: str, shape: Shape) -> str:
    own = [_property(name, field, shape) for field in _direct(shape, repeat, repeat)]
    extra = (
        '<Property Name="__system" Type="org.opendatakit.submission.metadata"/>'
        if not repeat
        else f'<Property Name={quoteattr(_parent_key(repeat, shape))} Type="Edm.String"/>'
    )
    return (
        f'<EntityType Name={quoteattr(table)}><Key><PropertyRef Name="__id"/></Key>'
        f'<Property Name="__id" Type="Edm.String"/>{extra}{"".join(own)}</EntityType>'
    )


def _structure(name: str, field: Field, shape: Shape) -> str:
    inner = "".join(_property(name, each, shape) for each in _direct(shape, field.path, field.repeat))
    return f"<ComplexType Name={quoteattr(field.path.replace('/', '.'))}>{inner}</ComplexType>"


def _direct(shape: Shape, path: str, repeat: str) -> Iterator[Field]:
    """The fields right below a path."""
    before = f"{path}/" if path else ""
    for field in shape.fields:
        if field.path.startswith(before) and "/" not in field.path[len(before) :] and field.repeat == repeat:
            yield field


def _property(name: str, field: Field, shape: Shape) -> str:
    own = shown.odata_name(field.name)
    if field.type == REPEAT:
        kind = f"Collection({name}.{_table_of(field.path)})"
        return f"<NavigationProperty Name={quoteattr(own)} Type={quoteattr(kind)}/>"
    kind = (
        f"{name}.{field.path.replace('/', '.')}"
        if field.type == STRUCTURE
        else EDM.get(field.type, "Edm.String")
    )
    return f"<Property Name={quoteattr(own)} Type={quoteattr(kind)}/>"


def table(request: HttpRequest, project_id: int, form_id: str, table_name: str) -> HttpResponseBase:
    """`Submissions`, `Submissions.members`, `Submissions('uuid:…')`."""
    form = looking.form(request, project_id, form_id)
    asked = Asked.of(request)
    version = looking.published(form)
    shape = shape_of(version.xform)
    single = re.fullmatch(r"Submissions\('(.+)'\)", table_name)
    found = submissions_visible_to(request.user, [form]).select_related("account", "version").order_by("-pk")
    if asked.filter:
        found = found.filter(condition(asked.filter, shown.SUBMISSION_FIELDS))
    record_look(request.user, "forms.form", form.pk, "OData", [table_name[:60]])
    if single:
        row = found.filter(instance_id=single[1].replace("''", "'")).first()
        if row is None:
            raise problems.not_found()
        return _json(
            {"@odata.context": _context(request, "Submissions"), "value": list(_rows([row], shape, asked))}
        )
    if table_name == "Submissions":
        return _streamed(request, found, shape, asked)
    repeat = next((path for path in shape.repeats if _table_of(path) == table_name), None)
    if repeat is None:
        raise problems.not_found()
    return _repeat_table(request, found, shape, asked, repeat, table_name)


def _context(request: HttpRequest, table_name: str) -> str:
    return request.build_absolute_uri(request.path).rpartition("/")[0] + f"/$metadata#{table_name}"


def next_link(request: HttpRequest, asked: Asked, total: int) -> str | None:
    """Where the next page is; None on the last."""
    if asked.top is None or asked.skip + asked.top >= total:
        return None
    query = request.GET.copy()
    query["$skip"] = str(asked.skip + asked.top)
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode(safe='$')}"


def _streamed(
    request: HttpRequest, found: QuerySet[Submission], shape: Shape, asked: Asked
) -> HttpResponseBase:
    """Row by row: a table of a hundred thousand rows is never whole in memory."""
    total = found.count() if asked.with_count or asked.top is not None else None
    head: dict[str, Any] = {"@odata.context": _context(request, "Submissions")}
    if asked.with_count:
        head["@odata.count"] = total
    if total is not None and (link := next_link(request, asked, total)):
        head["@odata.nextLink"] = link
    last = None if asked.top is None else asked.skip + asked.top

    def written() -> Iterator[bytes]:
        yield orjson.dumps(head)[:-1] + b',"value":['
        is_first = True
        for rows in chunks(found, asked.skip, last):
            for one in _rows(rows, shape, asked):
                yield (b"" if is_first else b",") + orjson.dumps(one, default=str)
                is_first = False
        yield b"]}"

    answer = StreamingHttpResponse(written(), content_type="application/json; charset=utf-8")
    answer["OData-Version"] = "4.0"
    return answer


def chunks(found: QuerySet[Submission], skip: int = 0, last: int | None = None) -> Iterator[list[Submission]]:
    """Rows some hundred at a time, newest first, by their keys: those taken meanwhile move nothing."""
    left = None if last is None else last - skip
    start = found[skip : skip + 1].values_list("pk", flat=True).first() if skip else None
    if skip and start is None:
        return
    part = found.filter(pk__lte=start) if start is not None else found
    while left is None or left > 0:
        rows = list(part[: CHUNK if left is None else min(CHUNK, left)])
        if not rows:
            return
        yield rows
        left = None if left is None else left - len(rows)
        part = found.filter(pk__lt=rows[-1].pk)


def _rows(rows: list[Submission], shape: Shape, asked: Asked) -> Iterator[dict[str, Any]]:
    versions = _versions(rows)
    for row in rows:
        one = {"__id": row.instance_id, "__system": _system(row, versions.get(row.pk, _Versions()))}
        told = versions.get(row.pk, _Versions())
        one["meta"] = {"instanceID": row.current_id, "instanceName": told.instance_name or None}
        link = f"Submissions('{quote(row.instance_id)}')"
        one |= nested(row.values, shape, "", "", asked.is_wkt, asked.is_expanded, row.instance_id, link)
        yield selected(one, asked.select)


@dataclass
class _Versions:
    edits: int = 0
    expected: int = 0
    present: int = 0
    instance_name: str = ""


def _versions(rows: list[Submission]) -> dict[int, _Versions]:
    """Of each row how often it was edited and how many of its files are there: two statements for all."""
    keys = [row.pk for row in rows]
    current = {row.pk: row.current_id for row in rows}
    found = {key: _Versions(edits=-1) for key in keys}
    names = SubmissionVersion.objects.filter(submission__in=keys)
    for submission_id, instance_id, name in names.values_list(
        "submission_id", "instance_id", "instance_name"
    ):
        found[submission_id].edits += 1
        if current[submission_id] == instance_id:
            found[submission_id].instance_name = name
    counted = (
        SubmissionFile.objects.filter(version__submission__in=keys)
        .values_list("version__submission_id", "version__instance_id")
        .annotate(all=Count("pk"), there=Count("pk", filter=Q(file__isnull=False)))
    )
    for submission_id, instance_id, every, there in counted:
        if current[submission_id] == instance_id:
            found[submission_id].expected, found[submission_id].present = every, there
    return found


def _system(row: Submission, told: _Versions) -> dict[str, Any]:
    return {
        "submissionDate": shown.time(row.created_at),
        "updatedAt": shown.time(row.updated_at) if told.edits > 0 or row.review_state else None,
        "deletedAt": shown.time(row.deleted_at), "submitterId": str(row.account_id) if row.account_id else None,
        "submitterName": row.account.name if row.account else None, "attachmentsPresent": told.present,
        "attachmentsExpected": told.expected, "status": None, "reviewState": row.review_state or None,
        "deviceId": row.device or None, "edits": max(told.edits, 0), "formVersion": row.version.version,
    }  # fmt: skip


def nested(
    values: Mapping[str, Any],
    shape: Shape,
    path: str,
    repeat: str,
    is_wkt: bool,
    is_expanded: bool,
    key: str,
    link: str,
) -> dict[str, Any]:
    """Answers as OData nests them. `values` are keyed from `repeat` on; `path` is where we are."""
    found: dict[str, Any] = {}
    for field in _direct(shape, path, repeat):
        if field.path.split("/")[0] == "meta":
            continue
        own = shown.odata_name(field.name)
        relative = field.path[len(repeat) + 1 :] if repeat else field.path
        if field.type == STRUCTURE:
            found[own] = nested(values, shape, field.path, repeat, is_wkt, is_expanded, key, link)
        elif field.type == REPEAT:
            found[f"{own}@odata.navigationLink"] = f"{link}/{own}"
            if is_expanded:
                rows = values.get(relative) or []
                found[own] = [
                    {
                        "__id": row_id(key, field.path, at),
                        **nested(
                            row,
                            shape,
                            field.path,
                            field.path,
                            is_wkt,
                            True,
                            row_id(key, field.path, at),
                            link,
                        ),
                    }
                    for at, row in enumerate(rows)
                ]
        else:
            found[own] = typed(values.get(relative), field.type, is_wkt)
    return found


def row_id(key: str, repeat: str, at: int) -> str:
    """A row of a repeat is known by what it lies in and its place there."""
    return hashlib.sha1(f"{key} {repeat} {at}".encode(), usedforsecurity=False).hexdigest()


def typed(value: Any, kind: str, is_wkt: bool) -> Any:
    """An answer in the type of its question; one that is not of it stays text."""
    if value is None or value == "":
        return None
    if kind in NUMBERS:
        try:
            return NUMBERS[kind](value)
        except ValueError:
            return value
    if kind in GEO:
        return _geometry(str(value), kind, is_wkt)
    return value


def _geometry(value: str, kind: str, is_wkt: bool) -> Any:
    """`lat lon altitude accuracy; …` as GeoJSON or WKT; None for what is no place."""
    try:
        points = [[float(number) for number in point.split()] for point in value.split(";") if point.strip()]
        places = [[point[1], point[0], *point[2:3]] for point in points]
    except (ValueError, IndexError):
        return None
    if not places:
        return None
    if is_wkt:
        text = ",".join(
            " ".join(f"{number:g}" if number == int(number) else str(number) for number in each)
            for each in places
        )
        return {"geopoint": f"POINT ({text})", "geotrace": f"LINESTRING ({text})"}.get(
            kind, f"POLYGON (({text}))"
        )
    if kind == "geopoint":
        accuracy = points[0][3] if len(points[0]) > 3 else None
        return {"type": "Point", "coordinates": places[0], "properties": {"accuracy": accuracy}}
    if kind == "geotrace":
        return {"type": "LineString", "coordinates": places}
    return {"type": "Polygon", "coordinates": [places]}


def selected(one: dict[str, Any], select: frozenset[str]) -> dict[str, Any]:
    """What `$select` leaves. Raises Problem 400.23."""
    if not select:
        return one
    kept: dict[str, Any] = {}
    for name in select:
        first, _slash, rest = name.partition("/")
        if first not in one:
            raise problems.Problem(400.23, f"Could not find a property named '{name}'", property=name)
        if not rest:
            kept[first] = one[first]
        elif isinstance(one[first], dict) and rest in one[first]:
            kept.setdefault(first, {})[rest] = one[first][rest]
        else:
            raise problems.Problem(400.23, f"Could not find a property named '{name}'", property=name)
    return kept


def _parent_key(repeat: str, shape: Shape) -> str:
    """The name of the column that leads to the row a repeat lies in."""
    parent = next((field.repeat for field in shape.fields if field.path == repeat), "")
    return f"__{_table_of(parent).replace('.', '-')}-id" if parent else "__Submissions-id"


def _repeat_table(
    request: HttpRequest, found: QuerySet[Submission], shape: Shape, asked: Asked, repeat: str, name: str
) -> HttpResponse:
    column = _parent_key(repeat, shape)
    rows: list[dict[str, Any]] = []
    for part in chunks(found):
        for row in part:
            for at, inner in enumerate(rows_of(row.values, repeat)):
                key = row_id(row.instance_id, repeat, at)
                rows.append(
                    {
                        "__id": key, column: row.instance_id,
                        **nested(inner, shape, repeat, repeat, asked.is_wkt, asked.is_expanded, key, name),
                    }
                )  # fmt: skip
    last = None if asked.top is None else asked.skip + asked.top
    answer: dict[str, Any] = {"@odata.context": _context(request, name)}
    if asked.with_count:
        answer["@odata.count"] = len(rows)
    if link := next_link(request, asked, len(rows)):
        answer["@odata.nextLink"] = link
    answer["value"] = [selected(one, asked.select) for one in rows[asked.skip : last]]
    return _json(answer)
