"""A new source from a file: upload, look at the first rows and what they would be, correct, and deliver."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.connectors.file_deliveries import start_file
from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.reading import SUFFIXES
from district.kernel.connectors.matching import match
from district.kernel.connectors.models import Kind, Mode, Source
from district.kernel.connectors.pages.sources import DELIVERERS
from district.kernel.connectors.previews import Preview, preview
from district.kernel.connectors.queries import resources_delivered_by, units_offered_by
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.runs import wanted_items
from district.kernel.connectors.uploads import PURPOSE, keep_delivery
from district.kernel.datasets import actions
from district.kernel.datasets.models import DataType, Grade, Resource
from district.kernel.datasets.slugs import slug_of
from district.kernel.files import content_store
from district.kernel.files.models import StoredFile
from district.kernel.files.refusal import Refusal
from district.kernel.people.access import allow
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused as AnyRefused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

MODES = Mode.choices
WHOLE = str(Mode.REPLACE)

SIGNS = [("", gettext_lazy("自动辨认")), (",", gettext_lazy("逗号")), ("\t", gettext_lazy("制表符")),
         (";", gettext_lazy("分号")), ("|", gettext_lazy("竖线"))]  # fmt: skip


class NewSourceForm(forms.Form):
    """Into an entry of the catalogue that is there, or into a new one of a unit."""

    file = forms.FileField(
        label=gettext_lazy("数据文件"), widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)})
    )
    resource = forms.ModelChoiceField(
        label=gettext_lazy("接入到"), queryset=Resource.objects.none(), required=False, empty_label=gettext_lazy("新建信息资源"),
        help_text=gettext_lazy("选择目录里已有的资源，或新建一个"),
    )  # fmt: skip
    provider = forms.ModelChoiceField(label=gettext_lazy("提供方"), queryset=Organisation.objects.none())
    sheet = forms.CharField(
        label=gettext_lazy("工作表"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Excel 可填，空着用第一个"),
    )
    delimiter = forms.ChoiceField(
        label=gettext_lazy("分隔符"), required=False,
        choices=SIGNS,
    )  # fmt: skip

    def __init__(self, account: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["resource"].queryset = resources_delivered_by(account)
        fields["provider"].queryset = units_offered_by(account)
        fields["provider"].initial = account.organisation_id


@allow(*DELIVERERS)
def new_source(request: HttpRequest) -> HttpResponseBase:
    """The upload. What the reader finds wrong with the file stands at the field."""
    form = NewSourceForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        options = {"sheet": given["sheet"], "delimiter": given["delimiter"]}
        try:
            file = keep_delivery(given["file"], request.user)
            preview(content_store.path_of(file.sha256), file.name, Options.of(options))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            request.session[_key(file.pk)] = {
                "options": {name: value for name, value in options.items() if value}, "provider": given["provider"].pk,
                "resource": given["resource"].pk if given["resource"] else None,
            }  # fmt: skip
            return redirect("connectors:review", file.pk)
    return page(
        request, "connectors/new_source.html", {"form": PageForm(form, submit=_("上传并预览"), columns=2)}
    )


@allow(*DELIVERERS)
def review(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The first rows and the proposed items, to be corrected by hand; then the source is made and delivers."""
    file = get_object_or_404(StoredFile, pk=pk, purpose=PURPOSE, kept_by=request.user)
    chosen = request.session.get(_key(pk))
    if chosen is None:
        return redirect("connectors:new_source")
    resource = (
        resources_delivered_by(request.user).filter(pk=chosen["resource"]).first()
        if chosen["resource"]
        else None
    )
    try:
        found = preview(content_store.path_of(file.sha256), file.name, Options.of(chosen["options"]))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("connectors:new_source")
    said = ""
    if request.method == "POST":
        try:
            delivery = _made(request, file, found, chosen, resource)
        except AnyRefused as refusal:
            said = str(refusal)
        else:
            del request.session[_key(pk)]
            return redirect("connectors:run", delivery.pk)
    return page(
        request,
        "connectors/review.html",
        _context(request, file, found, resource, said),
        status=422 if said else 200,
    )


def _key(pk: int) -> str:
    return f"connectors.new.{pk}"


def _context(
    request: HttpRequest, file: StoredFile, found: Preview, resource: Resource | None, refusal: str
) -> dict[str, Any]:
    posted = request.POST
    context: dict[str, Any] = {
        "file": file, "preview": found, "resource": resource, "refusal": refusal, "modes": MODES, "types": DataType.choices,
        "grades": Grade.choices, "title": posted.get("title", file.name.split(".")[0]),
        "mode": posted.get("mode", WHOLE),
    }  # fmt: skip
    if resource is not None:
        items = wanted_items(Source(resource=resource))
        matched = match(found.columns, items)
        back = {column: item for item, column in matched.columns.items()}
        context["choices"] = [(item.name, item.title) for item in items]
        guessed = {column: item for item, column in matched.renamed.items()}
        context["mapping"] = [(column, posted.get(f"item-{n}", back.get(column, guessed.get(column, ""))), column in back)
                              for n, column in enumerate(found.columns)]  # fmt: skip
    else:
        context["rows"] = [
            {
                **_posted_item(posted, number, item.as_item()),
                "column": item.column,
                "why": item.why,
                "samples": item.samples,
            }
            for number, item in enumerate(found.items)
        ]
    return context


@transaction.atomic
def _made(
    request: HttpRequest, file: StoredFile, found: Preview, chosen: dict[str, Any], resource: Resource | None
) -> Any:
    """Raises Refused with what the catalogue or the source does not take."""
    posted = request.POST
    if resource is None:
        resource, mapping = _new_resource(request, found, chosen)
    else:
        mapping = {column: posted.get(f"item-{number}", "") for number, column in enumerate(found.columns)}
        doubled = [item for item in mapping.values() if item and list(mapping.values()).count(item) > 1]
        if doubled:
            raise Refused(
                "item_twice", _("两列对应了同一个信息项“%(item)s”") % {"item": doubled[0]}, field=doubled[0]
            )
        known = set(resource.items.values_list("name", flat=True))
        mapping = {column: item if item in known else "" for column, item in mapping.items()}
    mode = posted.get("mode") if posted.get("mode") in Mode.values else WHOLE
    if mode == Mode.UPSERT and not resource.items.filter(is_key=True).exists():
        raise Refused("no_key", _("资源没有主键，不能按主键更新"), field="mode", value=mode)
    source = Source.objects.create(
        name=(posted.get("name") or file.name)[:120], resource=resource,
        kind=Kind.FOLDER if posted.get("is_watched") else Kind.FILE,
        mode=mode, settings={**chosen["options"], "mapping": mapping, "columns": found.columns}, created_by=request.user,
    )  # fmt: skip
    return start_file(source, file, request.user)


def _new_resource(
    request: HttpRequest, found: Preview, chosen: dict[str, Any]
) -> tuple[Resource, dict[str, str]]:
    posted, items, mapping = request.POST, [], {}
    for number, item in enumerate(found.items):
        mapping[item.column] = ""
        if posted.get(f"use-{number}"):
            row = _posted_item(posted, number, item.as_item())
            mapping[item.column] = row["name"]
            items.append(row)
    provider = get_object_or_404(units_offered_by(request.user), pk=chosen["provider"])
    title = posted.get("title", "").strip()
    taken = {
        name.split(".", 1)[1]
        for name in Resource.objects.filter(provider=provider).values_list("name", flat=True)
    }
    made = actions.add_resource(
        provider=provider, title=title, slug=slug_of(title, taken), items=items, account=request.user,
        abstract=posted.get("abstract", "").strip(), format="电子表格",
    )  # fmt: skip
    return made, mapping


def _posted_item(posted: Any, number: int, proposed: dict[str, Any]) -> dict[str, Any]:
    """An item as the form gives it; as proposed where there is no form yet."""
    if f"name-{number}" not in posted:
        return {**proposed, "is_used": True}
    texts = {
        name: posted.get(f"{name}-{number}", "").strip() for name in ("name", "title", "type", "unit", "mask")
    }
    grade = posted.get(f"grade-{number}", "")
    is_key = bool(posted.get(f"is_key-{number}"))
    return {
        **proposed, **texts, "type": texts["type"] if texts["type"] in DataType.values else "text",
        "grade": int(grade) if grade in ("1", "2", "3", "4") else proposed["grade"], "is_key": is_key,
        "is_required": is_key or bool(posted.get(f"is_required-{number}")), "is_used": bool(posted.get(f"use-{number}")),
    }  # fmt: skip
