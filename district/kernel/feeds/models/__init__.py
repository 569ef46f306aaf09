from district.kernel.feeds.models.changes import Change, Op, Seen
from district.kernel.feeds.models.subscriptions import Push, PushState, Subscription, SubscriptionState

__all__ = ["Change", "Op", "Push", "PushState", "Seen", "Subscription", "SubscriptionState"]
