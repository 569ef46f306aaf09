"""Forms for requests to devices, made from the protocol's own list of requests and their parameters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import CHINA, now
from district.kernel.devices.models import Device
from district.protocols.hj212 import REQUESTS
from district.protocols.hj212.requests import Parameter, Request, request_frame

from ..items import zh_of
from .forms import moment_input

INSTANTS = frozenset(("at", "begin_at", "end_at"))
SECRETS = frozenset(("password", "key"))
EMPTY_MEANS_NOW = frozenset((("set_clock", "at"),))


def requests_for(version: int) -> list[Request]:
    """What a device of that edition can be asked, in the order of the standard."""
    return [request for request in REQUESTS.values() if request.since <= version]


class CommandForm(forms.Form):
    """The parameters of one request to one device."""

    def __init__(self, device: Device, request: Request, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.device, self.request = device, request
        for parameter in request.parameters:
            self.fields[parameter.name] = self._field(parameter)

    def _field(self, parameter: Parameter) -> forms.Field:
        label, needed = parameter.zh, not parameter.is_optional
        if parameter.name in INSTANTS:
            is_now = (self.request.name, parameter.name) in EMPTY_MEANS_NOW
            help_text = _("留空为发送时的北京时间") if is_now else ""
            return forms.DateTimeField(
                label=label, required=needed and not is_now, widget=moment_input(), help_text=help_text
            )
        if parameter.name == "item":
            items = (self.device.attributes or {}).get("items") or []
            if items:
                choices = [("", "—")] if parameter.is_optional else []
                choices += [(code, f"{code} {zh_of(code)}") for code in items]
                return forms.ChoiceField(label=label, choices=choices, required=needed)
        widget = (
            forms.PasswordInput(attrs={"autocomplete": "new-password"}) if parameter.name in SECRETS else None
        )
        return forms.CharField(label=label, required=needed, max_length=64, widget=widget)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            self._check_against_protocol()
        return given

    def parameters(self) -> dict[str, Any]:
        """As the gateway takes them: an absent optional parameter is not there, an empty instant means now."""
        found: dict[str, Any] = {}
        for parameter in self.request.parameters:
            value = self.cleaned_data.get(parameter.name)
            if value not in ("", None):
                found[parameter.name] = value
            elif (self.request.name, parameter.name) in EMPTY_MEANS_NOW:
                found[parameter.name] = None
        return found

    def _check_against_protocol(self) -> None:
        """The words of the protocol's own rules, before anything is queued."""
        sent_at = now()
        values = {
            name: sent_at if value is None else _local(value) for name, value in self.parameters().items()
        }
        try:
            request_frame(
                self.request.name, values, device_code=self.device.code, password="0", system_kind="22",  # noqa: S106
                sent_at=sent_at, version=max(2017, self.request.since),
            )  # fmt: skip
        except ValueError as fault:
            self.add_error(None, forms.ValidationError(str(fault), code="bad_parameter"))


def _local(value: Any) -> Any:
    return value.astimezone(CHINA) if isinstance(value, datetime) else value


class DecisionNoteForm(forms.Form):
    """Why a refused message is released or discarded."""

    note = forms.CharField(label=_("说明"), max_length=300)
