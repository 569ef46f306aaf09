"""The form of another supplier's feed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.connectors.http.description import checked_url
from district.kernel.connectors.refused import Refused
from district.kernel.people.models import Organisation
from district.kernel.ui.saying import said

from ..models import OutsideFeed
from .fetching import headers_of

SHORTEST_S, LONGEST_S = 5, 3600


class OutsideFeedForm(forms.ModelForm):
    """Keys are asked for and never shown: an empty field leaves those that are stored."""

    keys = forms.CharField(
        label=_("请求头（密钥）"), required=False, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("每行“名称: 值”，加密保存、不再显示；留空则保持不变"),
    )  # fmt: skip

    class Meta:
        model = OutsideFeed
        fields = ("name", "key", "url", "interval_s", "owner")
        help_texts = {
            "key": _("字母、数字和连字符，用作车辆设备编号的前缀，登记后不能修改"),
            "url": _("GTFS-Realtime 车辆位置（VehiclePositions）的完整地址"),
            "interval_s": _("一般 10 至 30 秒"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = Organisation.objects.order_by("name")
        self.fields["interval_s"].min_value = SHORTEST_S
        if self.instance.pk:
            del self.fields["key"]

    def clean_url(self) -> str:
        try:
            return checked_url(self.cleaned_data["url"], "url")
        except Refused as refused:
            raise forms.ValidationError(said(refused), code=refused.code) from refused

    def clean_interval_s(self) -> int:
        interval = self.cleaned_data["interval_s"]
        if not SHORTEST_S <= interval <= LONGEST_S:
            raise forms.ValidationError(_("间隔应为 5 至 3600 秒"), code="interval_out_of_range")
        return int(interval)

    def clean_keys(self) -> str:
        try:
            headers_of(self.cleaned_data["keys"])
        except ValueError as error:
            raise forms.ValidationError(said(error), code="headers_unreadable") from error
        return str(self.cleaned_data["keys"])
