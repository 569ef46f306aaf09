"""What those who answer for a register set: its columns, and the departments' data that fill it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from district.kernel.datasets.models import Grade, Resource, Shelf
from district.kernel.forms.models import Register, RegisterItem, RegisterSource
from district.kernel.forms.queries import DESIGNERS
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers import queries
from district.kernel.forms.registers.items import change_item
from district.kernel.forms.registers.jobs import bring_source
from district.kernel.forms.registers.sync import add_source
from district.kernel.people.access import allow
from district.kernel.people.models import Kind, Organisation
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

HOLDERS = (Kind.DEPARTMENT, Kind.PARTY, Kind.ZONE, Kind.TOWN)


class ItemForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("信息项"), max_length=80)
    grade = forms.TypedChoiceField(
        label=gettext_lazy("敏感级别"), choices=Grade.choices, coerce=int,
        help_text=gettext_lazy("三级及以上加密保存，页面上脱敏，查看完整信息须说明事由"),
    )  # fmt: skip
    is_key = forms.BooleanField(label=gettext_lazy("关联键：部门数据按它找到记录"), required=False)
    holder = forms.ModelChoiceField(
        Organisation.objects.filter(kind__in=HOLDERS), label=gettext_lazy("数源单位"), required=False
    )


class SourceForm(forms.Form):
    """`columns`: a line for each item, `register's item = resource's item`."""

    resource = forms.ModelChoiceField(
        Resource.objects.filter(shelf=Shelf.PUBLISHED), label=gettext_lazy("数据资源")
    )
    key_column = forms.CharField(
        label=gettext_lazy("关联信息项"),
        max_length=63,
        help_text=gettext_lazy("资源里与台账关联键相同的字段名"),
    )
    columns = forms.CharField(
        label=gettext_lazy("取用信息项"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("每行一项：台账字段名=资源字段名"),
    )  # fmt: skip
    label_column = forms.CharField(label=gettext_lazy("名称取自"), max_length=63, required=False)
    division_column = forms.CharField(label=gettext_lazy("区划取自"), max_length=63, required=False)
    creates = forms.BooleanField(label=gettext_lazy("台账没有的新建"), required=False)

    def clean_columns(self) -> dict[str, str]:
        found = {}
        for line in self.cleaned_data["columns"].splitlines():
            if line.strip():
                item, equals, column = (part.strip() for part in line.partition("="))
                if not (item and equals and column):
                    raise forms.ValidationError(_("应写为“台账字段名=资源字段名”：%(line)s") % {"line": line})
                found[item] = column
        return found


@allow(*DESIGNERS)
@require_http_methods(["GET", "POST"])
def register_item(request: HttpRequest, pk: int) -> HttpResponseBase:
    item = get_object_or_404(RegisterItem.objects.select_related("register"), pk=pk)
    found = _led(request, item.register_id)
    initial = {"title": item.title, "grade": item.grade, "is_key": item.is_key, "holder": item.holder}
    form = PageForm(ItemForm(request.POST or None, initial=initial), submit=_("保存"))
    if request.method == "POST" and form.is_valid():
        change_item(item, account=request.user, **form.form.cleaned_data)
        return redirect("forms:register", found.pk)
    title = _("信息项：%(title)s") % {"title": item.title}
    return _form(request, found, title, form)


@allow(*DESIGNERS)
@require_http_methods(["GET", "POST"])
def new_register_source(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _led(request, pk)
    form = PageForm(SourceForm(request.POST or None), submit=_("保存并取数"))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.form.cleaned_data
        try:
            source = add_source(found, given.pop("resource"), account=request.user, **given)
        except Refused as refused:
            form.form.add_error(refused.field if refused.field in form.form.fields else None, str(refused))
        else:
            bring_source.start(source_id=source.pk)
            messages.success(request, _("已保存，正在后台取数"))
            return redirect("forms:register", found.pk)
    return _form(request, found, _("新的数据来源"), form)


@allow(*DESIGNERS)
@require_POST
def register_source_act(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """`bring`: now; `pause`: no more, or again."""
    source = get_object_or_404(RegisterSource, pk=pk)
    found = _led(request, source.register_id)
    if what == "bring" and source.is_active:
        bring_source.start(source_id=source.pk)
        messages.success(request, _("正在后台取数"))
    elif what == "pause":
        source.is_active = not source.is_active
        source.save(update_fields=["is_active"])
    return redirect("forms:register", found.pk)


def _led(request: HttpRequest, pk: int) -> Register:
    return get_object_or_404(queries.registers_led_by(request.user), pk=pk)


def _form(request: HttpRequest, found: Register, title: str, form: PageForm) -> HttpResponseBase:
    context = {
        "register": found, "title": title, "form": form, "back": reverse("forms:register", args=[found.pk]),
    }  # fmt: skip
    return page(request, "forms/registers/form.html", context, status=422 if form.form.errors else 200)
