"""A new subscription, on a grant of one's own department."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from district.kernel.feeds import actions, queries
from district.kernel.feeds.pages.secrets import secret_page
from district.kernel.grants.models import Grant
from district.kernel.grants.pages.acting import put_to
from district.kernel.grants.pages.words import ACTORS
from district.kernel.people.access import allow
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page


class GrantField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Grant) -> str:
        return f"{obj.number} {obj.resource.title}（{obj.client.name if obj.client else obj.grantee.name}）"


class SubscribeForm(forms.Form):
    grant = GrantField(label=gettext_lazy("授权"), queryset=Grant.objects.none(), to_field_name="number")
    url = forms.CharField(
        label=gettext_lazy("接收地址"), max_length=300,
        help_text=gettext_lazy("接收变更的 http 或 https 网址；须为平台准许访问的主机"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )  # fmt: skip

    def __init__(self, account: Any, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["grant"].queryset = queries.grants_to_follow(account).order_by("number")


@allow(*ACTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_subscription(request: HttpRequest) -> HttpResponseBase:
    """`?grant=` chooses one. The answer to a success is the secret, shown this once."""
    account: Any = request.user
    form = SubscribeForm(
        account,
        request.POST if request.method == "POST" else None,
        initial={"grant": request.GET.get("grant", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.subscribe(form.cleaned_data["grant"], form.cleaned_data["url"], account)
        except Refused as refused:
            put_to(form, refused)
        else:
            return secret_page(request, made, secret)
    shown = PageForm(form, submit=_("订阅"), cancel=reverse("feeds:subscriptions"))
    return page(
        request, "feeds/new.html", {"form": shown, "has_grants": queries.grants_to_follow(account).exists()}
    )
