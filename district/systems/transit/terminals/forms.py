"""What can be typed about a terminal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.people.refused import Refused

from ..models import Bus
from . import actions
from .parameters import items


def _buses(**wanted: Any) -> list[tuple[str, str]]:
    found = Bus.objects.exclude(state=Bus.State.RETIRED).filter(**wanted)
    return [("", "—"), *((str(bus.pk), f"{bus.number} {bus.plate}") for bus in found)]


def _bus(pk: str) -> Bus | None:
    return Bus.objects.filter(pk=pk).first() if pk else None


class NewTerminalForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("终端号码"), max_length=20, help_text=gettext_lazy("终端报文头中的号码，前面的零可以不填")
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120, required=False)
    bus = forms.ChoiceField(label=gettext_lazy("装在车辆"), required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        _choices(self, "bus", _buses(device__isnull=True))

    def act(self) -> Any:
        """The new device. Raises Refused."""
        given = self.cleaned_data
        return actions.register_terminal(number=given["number"], name=given["name"], bus=_bus(given["bus"]))


class SwapForm(forms.Form):
    one = forms.ChoiceField(label=gettext_lazy("车辆"))
    other = forms.ChoiceField(label=gettext_lazy("与车辆"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("one", "other"):
            _choices(self, name, _buses())

    def act(self) -> str:
        one, other = _bus(self.cleaned_data["one"]), _bus(self.cleaned_data["other"])
        if one is None or other is None:
            raise Refused("no_bus", _("请选择车辆"))
        actions.swap(one, other)
        return _("%(one)s 与 %(other)s 已互换终端") % {"one": one.number, "other": other.number}


class TerminalForm(forms.Form):
    """Something done with one terminal; `act` says what was done and raises Refused."""

    def __init__(self, data: Any, device: Any) -> None:
        super().__init__(data)
        self.device = device

    def act(self, account: Any) -> str:
        raise NotImplementedError


class TextForm(TerminalForm):
    text = forms.CharField(label=gettext_lazy("内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    is_urgent = forms.BooleanField(label=gettext_lazy("紧急"), required=False)

    def act(self, account: Any) -> str:
        actions.ask_terminal(self.device, "send_text", dict(self.cleaned_data), account)
        return _("文字已下发，终端确认后完成")


class ParametersForm(TerminalForm):
    interval_s = forms.IntegerField(label=gettext_lazy("汇报间隔（秒）"), min_value=1, max_value=3600, required=False)
    heartbeat_s = forms.IntegerField(label=gettext_lazy("心跳间隔（秒）"), min_value=10, max_value=3600, required=False)
    top_speed_kmh = forms.IntegerField(label=gettext_lazy("最高速度（km/h）"), min_value=10, max_value=120, required=False)

    def act(self, account: Any) -> str:
        wanted = items(**self.cleaned_data)
        if not wanted:
            raise Refused("nothing_to_set", _("请至少填写一项参数"))
        actions.ask_terminal(self.device, "set_parameters", {"items": wanted}, account)
        return _("参数已下发，终端确认后完成")


class TrackForm(TerminalForm):
    interval_s = forms.IntegerField(label=gettext_lazy("间隔（秒），0 为停止"), min_value=0, max_value=600, initial=2)
    valid_s = forms.IntegerField(label=gettext_lazy("持续（秒）"), min_value=0, max_value=86400, initial=300)

    def act(self, account: Any) -> str:
        actions.ask_terminal(self.device, "track", dict(self.cleaned_data), account)
        return _("临时跟踪已下发")


class InstallForm(TerminalForm):
    bus = forms.ChoiceField(label=gettext_lazy("装在车辆"), required=False, help_text=gettext_lazy("该车原有的终端随之拆下"))

    def __init__(self, data: Any, device: Any) -> None:
        super().__init__(data, device)
        _choices(self, "bus", _buses())

    def act(self, account: Any) -> str:
        bus = _bus(self.cleaned_data["bus"])
        actions.install(self.device, bus)
        return _("已装到 %(bus)s") % {"bus": bus.number} if bus else _("已从车上拆下")


FORMS: dict[str, tuple[Any, type[TerminalForm], Any]] = {
    "text": (gettext_lazy("发文字"), TextForm, gettext_lazy("下发")),
    "parameters": (gettext_lazy("设参数"), ParametersForm, gettext_lazy("下发")),
    "track": (gettext_lazy("临时跟踪"), TrackForm, gettext_lazy("下发")),
    "install": (gettext_lazy("装车"), InstallForm, gettext_lazy("保存")),
}
"""Key → (title, form, submit)."""


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
