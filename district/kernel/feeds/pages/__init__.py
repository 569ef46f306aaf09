"""The pages of subscriptions; only re-exports here."""

from district.kernel.feeds.pages.deciding import decide
from district.kernel.feeds.pages.new import new_subscription
from district.kernel.feeds.pages.subscriptions import subscription, subscriptions

__all__ = ["decide", "new_subscription", "subscription", "subscriptions"]
