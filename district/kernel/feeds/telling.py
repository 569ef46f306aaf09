"""People of the receiving department are told when pushes fail for good."""

from __future__ import annotations

from django.utils.translation import gettext as _

from district.kernel.alerts.notices import notify
from district.kernel.alerts.queries import accounts_on_duty
from district.kernel.alerts.rules import Severity
from district.kernel.feeds.models import Subscription, SubscriptionState
from district.kernel.people.roles import PROVIDER, holders


def tell_parked(subscription: Subscription, error: str) -> None:
    """Told once, when the first push is parked or the receiver has said that its address is gone."""
    words = _("推送已停止") if subscription.state == SubscriptionState.ENDED else _("推送多次失败，已搁置")
    title = f"{words}：{subscription.grant.resource.title}"
    for account in accounts_on_duty(holders(PROVIDER), subscription.grant.grantee_id):
        notify(
            account, title=title, severity=Severity.MINOR, body=f"{subscription.url}\n{error}",
            url=f"/data-pushes/{subscription.pk}/",
        )  # fmt: skip
