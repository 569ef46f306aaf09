"""Phones: whose they are, and a code to point ODK Collect at."""

from __future__ import annotations

import base64
import io
import json
import zlib
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from district.kernel.forms.central.projects import may_register_for, register_phone
from district.kernel.forms.central.projects import stop_phone as stop
from district.kernel.forms.models import AppUser, Project
from district.kernel.forms.queries import ASKERS, EVERYBODY, KEEPERS, projects_visible_to
from district.kernel.people.access import allow, may
from district.kernel.people.models import Account
from district.kernel.people.scope import scope_in_roles
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table


class PhoneForm(forms.Form):
    project = forms.ModelChoiceField(Project.objects.none(), label=gettext_lazy("采集项目"))
    username = forms.CharField(
        label=gettext_lazy("持有人工号"), max_length=40, help_text=gettext_lazy("手机上填报的内容记在持有人名下")
    )
    name = forms.CharField(label=gettext_lazy("手机名称"), max_length=80)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        field: Any = self.fields["project"]
        field.queryset = projects_visible_to(by).filter(is_archived=False)

    def clean_username(self) -> Account:
        found = Account.objects.active().filter(username=self.cleaned_data["username"]).first()
        if found is None or not may_register_for(self.by, found):
            raise forms.ValidationError(_("没有这个工号，或不在您的管理范围内"))
        return found


@allow(*EVERYBODY)
@require_http_methods(["GET", "POST"])
def phones(request: HttpRequest) -> HttpResponseBase:
    """The phones the reader may stop, and a form for a new one; its code is shown once, after it was registered."""
    initial = {"username": getattr(request.user, "username", "")}
    form = PageForm(PhoneForm(request.POST or None, by=request.user, initial=initial), submit=_("登记手机"))
    made = None
    if request.method == "POST" and form.is_valid():
        told = form.form.cleaned_data
        phone, key = register_phone(told["project"], told["username"], told["name"], by=request.user)
        address = request.build_absolute_uri(f"/v1/key/{key}/projects/{phone.project_id}")
        made = {"phone": phone, "address": address, "code": code_picture(settings_code(address, phone.project.name))}
        form = PageForm(PhoneForm(by=request.user, initial=initial), submit=_("登记手机"))
    table = Table(
        "phones",
        [
            Column("display_name", _("手机名称"), filter="text"),
            Column("account.name", _("持有人")),
            Column("project.name", _("采集项目")),
            Column("created_at", _("登记时间"), format="moment"),
            Column("last_used_at", _("最近使用"), format="moment"),
            Column("pk", _("停用"), sortable=False, format=lambda _pk: _stop(), link=_stop_address),
        ],
        _within(request.user),
        order="-created_at",
        title=_("在用的手机"),
    )
    answered = table.respond(request)
    if answered is not None:
        return answered
    answer = page(request, "forms/central/phones.html", {"table": table, "form": form, "made": made})
    answer["Cache-Control"] = "no-store"
    return answer


def _stop() -> str:
    return _("停用")


def _stop_address(row: AppUser) -> str:
    return reverse("forms:stop_phone", args=[row.pk])


@allow(*EVERYBODY)
@require_http_methods(["GET", "POST"])
def stop_phone(request: HttpRequest, pk: int) -> HttpResponseBase:
    phone = get_object_or_404(_within(request.user), pk=pk)
    if request.method == "POST":
        stop(phone, by=request.user)
        messages.success(request, _("手机“%(name)s”已停用") % {"name": phone.display_name})
        return redirect(reverse("forms:phones"))
    form = PageForm(forms.Form(), submit=_("停用"), cancel=reverse("forms:phones"), danger=True)
    return page(request, "forms/central/stop_phone.html", {"phone": phone, "form": form})


def _within(account: Any) -> QuerySet[AppUser]:
    """Phones in use: the reader's own, and those of units in his scope as asker or keeper."""
    wanted = Q(account=account)
    for roles in (KEEPERS, ASKERS):
        if may(account, *roles):
            scope = scope_in_roles(account, roles)
            wanted |= Q(pk__isnull=False) if scope.is_whole else Q(account__organisation__in=scope.organisation_ids)
    return AppUser.objects.filter(wanted, revoked_at=None).select_related("account", "project")


def settings_code(address: str, project: str) -> str:
    """What ODK Collect reads from a QR code: its settings as JSON, deflated (zlib), in base64."""
    settings = {
        "general": {"server_url": address, "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"},
        "project": {"name": project}, "admin": {},
    }  # fmt: skip
    return base64.b64encode(zlib.compress(json.dumps(settings).encode(), 9)).decode()


def code_picture(text: str) -> str:
    """The QR code as an address of an SVG picture that is in the address itself."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    sink = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, error_correction=qrcode.constants.ERROR_CORRECT_L).save(sink)
    return f"data:image/svg+xml;base64,{base64.b64encode(sink.getvalue()).decode()}"
