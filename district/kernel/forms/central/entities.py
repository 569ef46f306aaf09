"""Registers as ODK Central's datasets, their records as its entities."""

from __future__ import annotations

import csv
import io
import itertools
import re
import uuid as uuids
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from district.kernel.datasets.models import Grade
from district.kernel.forms.central import looking, problems, shown
from district.kernel.forms.central.bodies import is_true, json_of, text_in, whole_number
from district.kernel.forms.central.form_files import disposition
from district.kernel.forms.central.odata import Asked, next_link, selected
from district.kernel.forms.central.odata_filter import condition
from district.kernel.forms.central.problems import Problem
from district.kernel.forms.central.sessions import answer, success
from district.kernel.forms.models import (
    Entity,
    EntityWrite,
    FormFile,
    FormVersion,
    Register,
    RegisterItem,
    VersionState,
)
from district.kernel.forms.queries import entities_visible_to, registers_led_by, registers_visible_to
from district.kernel.forms.registers import merging, writing
from district.kernel.forms.registers.history import as_merged, writes_of
from district.kernel.forms.registers.reading import values_of
from district.kernel.forms.registers.sealing import opened_all
from district.kernel.people.audit import record_act, record_look

NAME = re.compile(r"[A-Za-z_][\w.-]{0,59}")
RESERVED = ("name", "label")
MOST_AT_ONCE = 10_000
CHUNK = 1000


def listed(request: HttpRequest, project_id: int) -> HttpResponse:
    looking.project(request, project_id)
    rows = registers_visible_to(request.user).filter(project=project_id).order_by("pk")
    if not looking.is_extended(request):
        return answer([shown.register(row) for row in rows])
    return answer([shown.register(row, extra=_totals(request, row)) for row in rows])


def _totals(request: HttpRequest, row: Register) -> dict[str, Any]:
    found = entities_visible_to(request.user, row).aggregate(
        count=Count("pk"), last=Max("created_at"), torn=Count("pk", filter=~Q(conflicts={}))
    )
    return {"entities": found["count"], "lastEntity": shown.time(found["last"]), "conflicts": found["torn"]}


@transaction.atomic
def created(request: HttpRequest, project_id: int) -> HttpResponse:
    project = looking.led_project(request, project_id)
    given = json_of(request)
    name = _name(text_in(given, "name"), "name")
    if given.get("approvalRequired"):
        raise problems.not_supported("approvalRequired")
    if Register.objects.filter(project=project, name=name).exists():
        raise problems.taken(["name", "projectId"], [name, str(project_id)])
    unit = getattr(request.user, "organisation", None) or project.organisation
    made = Register.objects.create(
        project=project, name=name, title=str(given.get("title") or name)[:80], organisation=unit
    )
    record_act(request.user, "create", subject_kind="forms.register", subject=str(made.pk), purpose=name)
    return answer(_whole(made))


def _name(text: str, field: str) -> str:
    if (
        not NAME.fullmatch(text)
        or text.startswith("__")
        or (field == "property" and text.lower() in RESERVED)
    ):
        raise problems.unexpected(
            field,
            text,
            "names start with a letter or _, hold letters, digits, _, - and ., and are not reserved",
        )
    return text


def got(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    row = looking.register(request, project_id, name)
    return answer(_whole(row) | (_totals(request, row) if looking.is_extended(request) else {}))


def _whole(row: Register) -> dict[str, Any]:
    versions = FormVersion.objects.filter(
        form__project=row.project_id, state=VersionState.PUBLISHED, form__deleted_at=None
    )
    sources = [
        version for version in versions.select_related("form").defer("xform")
        if any(question.get("save_register") == row.name for question in version.questions)
    ]  # fmt: skip
    linked = FormFile.objects.filter(register=row, version__state=VersionState.PUBLISHED).select_related(
        "version__form"
    )
    saves = {
        item: [
            version.form.xml_form_id for version in sources
            if any(each.get("save_to") == item and each.get("save_register") == row.name for each in version.questions)
        ]
        for item in row.items.values_list("name", flat=True)
    }  # fmt: skip
    return shown.register(
        row, extra={
            "properties": [shown.register_item(item, saves[item.name]) for item in row.items.select_related("register")],
            "sourceForms": [
                {"name": version.form.title, "xmlFormId": version.form.xml_form_id, "repeatId": None} for version in sources
            ],
            "linkedForms": [
                {"name": each.version.form.title, "xmlFormId": each.version.form.xml_form_id} for each in linked
            ],
        },
    )  # fmt: skip


def changed(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    row = looking.led_register(request, project_id, name)
    given = json_of(request)
    if given.get("approvalRequired") or given.get("ownerOnly"):
        raise problems.not_supported("approvalRequired")
    if given.get("title"):
        row.title = str(given["title"])[:80]
        row.save(update_fields=["title"])
    return answer(_whole(row))


@transaction.atomic
def item_added(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    row = looking.led_register(request, project_id, name)
    given = json_of(request)
    item = _name(text_in(given, "name"), "property")
    if row.items.filter(name=item).exists():
        raise problems.taken(["name", "datasetId"], [item, str(row.pk)])
    RegisterItem.objects.create(
        register=row, name=item, title=str(given.get("title") or item)[:80], position=row.items.count() + 1
    )
    record_act(
        request.user,
        "change",
        subject_kind="forms.register",
        subject=str(row.pk),
        fields=[item],
        purpose=name,
    )
    return success()


def _note_look(request: HttpRequest, row: Register, purpose: str) -> None:
    """Sensitive items are in the clear for who may see them; it is noted."""
    seen = list(row.items.filter(grade__gte=Grade.THREE).values_list("name", flat=True))
    if seen:
        record_look(request.user, "forms.register", row.name, purpose, seen)


def entities(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    row = looking.register(request, project_id, name)
    found = entities_visible_to(request.user, row).order_by("-pk")
    if is_true(request, "deleted"):
        if not registers_led_by(request.user).filter(pk=row.pk).exists():
            raise problems.no_rights()
        found = Entity.objects.filter(register=row, deleted_at__isnull=False).order_by("-pk")
    if request.GET.get("$filter"):
        found = found.filter(condition(request.GET["$filter"], ENTITY_FIELDS))
    skip, top = whole_number(request, "offset") or 0, whole_number(request, "limit")
    rows = list(found[skip : skip + top] if top is not None else found[skip:])
    return answer(
        [shown.entity(each, shown.entity_version(each, None, {}, with_data=False)) for each in rows]
    )


ENTITY_FIELDS = {
    "__id": "uuid", "label": "label", "__system/createdAt": "created_at", "__system/updatedAt": "updated_at",
    "__system/creatorId": "created_by_id", "__system/version": "version", "__system/deletedAt": "deleted_at",
}  # fmt: skip


def entities_created(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    """One, `{"uuid", "label", "data"}`; or many, `{"entities": […], "source": {"name", "size"}}`, all or none."""
    row = looking.led_register(request, project_id, name)
    given = json_of(request)
    if "entities" not in given:
        made = writing.create_entities(row, [_new(given)], account=request.user, device=_agent(request))[0]
        return answer(_entity(made))
    many = given["entities"]
    if not isinstance(many, list) or not many:
        raise problems.missing("entities")
    if len(many) > MOST_AT_ONCE:
        raise problems.unexpected("entities", len(many), f"at most {MOST_AT_ONCE} at once")
    source = given.get("source")
    if not isinstance(source, dict) or not source.get("name"):
        raise problems.missing("source")
    new = [_new(each if isinstance(each, dict) else {}) for each in many]
    writing.create_entities(
        row, new, account=request.user, device=_agent(request), source=str(source["name"])[:120]
    )
    return success()


def _agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")[:80]


def _new(given: dict[str, Any]) -> writing.NewEntity:
    label = given.get("label")
    if not isinstance(label, str) or not label.strip():
        raise Problem(
            400.28, "The entity is invalid. Label empty or missing.", reason="Label empty or missing."
        )
    return writing.NewEntity(
        _data(given.get("data") or {}), label[:120], _uuid(given["uuid"]) if given.get("uuid") else None
    )


def _uuid(text: Any) -> uuids.UUID:
    try:
        return uuids.UUID(str(text))
    except ValueError as error:
        raise Problem(
            400.11, f"Invalid input data type: expected '{text}' to be (uuid)", value=text, expected="uuid"
        ) from error


def _data(given: Any) -> dict[str, str]:
    """Values are texts; what is not given is empty."""
    if not isinstance(given, dict):
        raise problems.bad_type(given, "object")
    for value in given.values():
        if value is not None and not isinstance(value, str):
            raise problems.bad_type(value, "string")
    return {str(item): value or "" for item, value in given.items()}


def _named(request: HttpRequest, project_id: int, name: str, uuid: str) -> Entity:
    row = looking.register(request, project_id, name)
    try:
        wanted = uuids.UUID(uuid)
    except ValueError as error:
        raise problems.not_found() from error
    found = entities_visible_to(request.user, row).select_related("register").filter(uuid=wanted).first()
    if found is None:
        raise problems.not_found()
    return found


def _entity(row: Entity) -> dict[str, Any]:
    last = row.writes.filter(version=row.version).first()
    current = shown.entity_version(row, None, values_of(row))
    if last is not None:
        current |= {
            "userAgent": last.device,
            "creatorId": last.account_id or 0,
            "baseVersion": last.base_version,
        }
    return shown.entity(row, current)


def entity(request: HttpRequest, project_id: int, name: str, uuid: str) -> HttpResponse:
    row = _named(request, project_id, name, uuid)
    _note_look(request, row.register, uuid)
    found = _entity(row)
    answered = answer(found)
    answered["ETag"] = f'"{row.version}"'
    return answered


def entity_changed(request: HttpRequest, project_id: int, name: str, uuid: str) -> HttpResponse:
    """`?baseVersion=` names the version it was made from; not the newest: 409.15. `?force=true` is made from the newest."""
    looking.led_register(request, project_id, name)
    row = _named(request, project_id, name, uuid)
    base = whole_number(request, "baseVersion")
    if base is None and not is_true(request, "force"):
        raise problems.missing("baseVersion")
    given = json_of(request)
    label = given.get("label")
    if label is not None and (not isinstance(label, str) or not label.strip()):
        raise Problem(
            400.28, "The entity is invalid. Label empty or missing.", reason="Label empty or missing."
        )
    writing.update_entity(
        row, values=_data(given.get("data") or {}), label=(label or "")[:120], base_version=base, account=request.user,
        device=_agent(request),
    )  # fmt: skip
    row.refresh_from_db()
    return answer(_entity(row))


def entity_deleted(request: HttpRequest, project_id: int, name: str, uuid: str) -> HttpResponse:
    looking.led_register(request, project_id, name)
    writing.delete_entity(_named(request, project_id, name, uuid), account=request.user)
    return success()


def entity_restored(request: HttpRequest, project_id: int, name: str, uuid: str) -> HttpResponse:
    register = looking.led_register(request, project_id, name)
    row = Entity.objects.filter(register=register, uuid=_uuid(uuid), deleted_at__isnull=False).first()
    if row is None:
        raise problems.not_found()
    writing.restore_entity(row, account=request.user)
    return success()


@transaction.atomic
def entities_deleted(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    register = looking.led_register(request, project_id, name)
    ids = json_of(request).get("ids")
    if not isinstance(ids, list):
        raise problems.missing("ids")
    for row in Entity.objects.filter(
        register=register, uuid__in=[_uuid(each) for each in ids], deleted_at=None
    ):
        writing.delete_entity(row, account=request.user)
    return success()


def entity_versions(request: HttpRequest, project_id: int, name: str, uuid: str) -> HttpResponse:
    row = _named(request, project_id, name, uuid)
    _note_look(request, row.register, uuid)
    return answer([
        shown.entity_version(row, write, data) | {"data": data, "dataReceived": opened_all(write.values)}
        for write, data in _states(row)
    ])  # fmt: skip


def _states(row: Entity) -> Iterator[tuple[EntityWrite, dict[str, str]]]:
    """Each write with the values the register showed after it, the newest first."""
    writes = writes_of([row.pk]).get(row.pk, [])
    found = []
    for upto in range(1, len(writes) + 1):
        state = merging.shown(merging.merge(as_merged(writes[:upto])))
        found.append(
            (writes[upto - 1], {item: value for item, value in state.items() if item != merging.LABEL})
        )
    yield from reversed(found)


def entity_diffs(request: HttpRequest, project_id: int, name: str, uuid: str) -> HttpResponse:
    """What each version changed of the one before: `[[], [{"new", "old", "propertyName"}]]`."""
    row = _named(request, project_id, name, uuid)
    _note_look(request, row.register, uuid)
    states = list(reversed(list(_states(row))))
    found: list[list[dict[str, str]]] = [[]]
    for (_before, old), (_write, new) in itertools.pairwise(states):
        found.append([
            {"old": old.get(item, ""), "new": value, "propertyName": item}
            for item, value in new.items() if value != old.get(item, "")
        ])  # fmt: skip
    return answer(found[: len(states)])


def as_csv(request: HttpRequest, project_id: int, name: str) -> HttpResponseBase:
    row = looking.register(request, project_id, name)
    _note_look(request, row, _("导出"))
    items = list(row.items.values_list("name", flat=True))
    head = [
        "__id",
        "label",
        *items,
        "__createdAt",
        "__creatorId",
        "__creatorName",
        "__updates",
        "__updatedAt",
        "__version",
    ]

    def lines() -> Iterator[bytes]:
        yield _line(head)
        for each in in_chunks(entities_visible_to(request.user, row).select_related("created_by")):
            values = values_of(each)
            yield _line([
                str(each.uuid), each.label, *(values.get(item, "") for item in items), shown.time(each.created_at),
                each.created_by_id, each.created_by.name if each.created_by else "", each.version - 1,
                shown.time(each.updated_at) if each.version > 1 else "", each.version,
            ])  # fmt: skip

    found = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    found["Content-Disposition"] = disposition(f"{name}.csv")
    return found


def in_chunks(found: Any) -> Iterator[Entity]:
    """Newest first, some at a time, by their keys."""
    last: int | None = None
    while True:
        part = found.order_by("-pk") if last is None else found.filter(pk__lt=last).order_by("-pk")
        rows = list(part[:CHUNK])
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1].pk


def _line(cells: Iterable[Any]) -> bytes:
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\r\n").writerow(["" if cell is None else cell for cell in cells])
    return sink.getvalue().encode()


def odata_service(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    looking.register(request, project_id, name)
    base = request.build_absolute_uri(request.path)
    return answer(
        {
            "@odata.context": f"{base}/$metadata",
            "value": [{"name": "Entities", "kind": "EntitySet", "url": "Entities"}],
        }
    )


def odata_metadata(request: HttpRequest, project_id: int, name: str) -> HttpResponse:
    row = looking.register(request, project_id, name)
    space = f"org.opendatakit.user.{shown.odata_name(name)}"
    own = "".join(
        f'<Property Name="{shown.odata_name(item.name)}" Type="Edm.String"/>' for item in row.items.all()
    )
    system = "".join(
        f'<Property Name="{each}" Type="{kind}"/>'
        for each, kind in (
            ("createdAt", "Edm.DateTimeOffset"), ("creatorId", "Edm.String"), ("creatorName", "Edm.String"),
            ("updates", "Edm.Int64"), ("updatedAt", "Edm.DateTimeOffset"), ("version", "Edm.Int64"),
            ("conflict", "Edm.String"), ("deletedAt", "Edm.DateTimeOffset"),
        )
    )  # fmt: skip
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>'
        '<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="org.opendatakit.entity">'
        f'<ComplexType Name="metadata">{system}</ComplexType></Schema>'
        f'<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="{space}">'
        '<EntityType Name="Entities"><Key><PropertyRef Name="__id"/></Key><Property Name="__id" Type="Edm.String"/>'
        f'<Property Name="label" Type="Edm.String"/><Property Name="__system" Type="org.opendatakit.entity.metadata"/>{own}'
        f'</EntityType><EntityContainer Name="{shown.odata_name(name)}"><EntitySet Name="Entities" '
        f'EntityType="{space}.Entities"/></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>'
    )
    found = HttpResponse(body, content_type="application/xml; charset=utf-8")
    found["OData-Version"] = "4.0"
    return found


def odata(request: HttpRequest, project_id: int, name: str, table_name: str) -> HttpResponse:
    """`Entities`, or `$metadata`."""
    if table_name == "$metadata":
        return odata_metadata(request, project_id, name)
    if table_name != "Entities":
        raise problems.not_found()
    row = looking.register(request, project_id, name)
    asked = Asked.of(request)
    found = entities_visible_to(request.user, row).order_by("-pk").annotate(creator=F("created_by__name"))
    if asked.filter:
        found = found.filter(condition(asked.filter, ENTITY_FIELDS))
    _note_look(request, row, "OData")
    last = None if asked.top is None else asked.skip + asked.top
    context = request.build_absolute_uri(request.path).rpartition("/")[0] + "/$metadata#Entities"
    told: dict[str, Any] = {"@odata.context": context}
    if asked.with_count or asked.top is not None:
        total = found.count()
        if asked.with_count:
            told["@odata.count"] = total
        if link := next_link(request, asked, total):
            told["@odata.nextLink"] = link
    items = list(row.items.values_list("name", flat=True))
    told["value"] = [selected(_odata_row(each, items), asked.select) for each in found[asked.skip : last]]
    answered = answer(told)
    answered["OData-Version"] = "4.0"
    return answered


def _odata_row(row: Any, items: list[str]) -> dict[str, Any]:
    values = values_of(row)
    return {
        "__id": str(row.uuid), "label": row.label,
        "__system": {
            "createdAt": shown.time(row.created_at), "creatorId": str(row.created_by_id or 0),
            "creatorName": row.creator, "updates": row.version - 1,
            "updatedAt": shown.time(row.updated_at) if row.version > 1 else None, "deletedAt": shown.time(row.deleted_at),
            "version": row.version, "conflict": "hard" if row.conflicts else None,
        },
        **{shown.odata_name(item): values.get(item) for item in items},
    }  # fmt: skip
