"""Ways to reach people outside the application. A channel that cannot reach raises; the job tries again."""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

from district.kernel.alerts.models import Notice, SmsMessage

PREFIX = "【区智】"


class Unreachable(Exception):
    """The account has no address of this kind; trying again would not help."""


class Channel(Protocol):
    """Sends one notice. Raises Unreachable, or whatever went wrong on the way."""

    name: str

    def send(self, notice: Notice) -> None: ...


class Email:
    """Through Django's mail backend."""

    name = "email"

    def send(self, notice: Notice) -> None:
        address = notice.recipient.email
        if not address:
            raise Unreachable("账号没有电子邮箱")
        sender = getattr(settings, "DEFAULT_FROM_EMAIL", None)
        send_mail(f"{PREFIX}{notice.title}", notice.body or notice.title, sender, [address])


class Sms:
    """Through a provider, a callable (number, text); the setting SMS_PROVIDER is the dotted path of one."""

    name = "sms"

    def send(self, notice: Notice) -> None:
        number = notice.recipient.phone
        if not number:
            raise Unreachable("账号没有手机号")
        provider: Any = import_string(getattr(settings, "SMS_PROVIDER", f"{__name__}.keep_in_table"))
        provider(number, f"{PREFIX}{notice.title}")


def keep_in_table(number: str, text: str) -> None:
    """The built-in test provider: nothing leaves this machine."""
    SmsMessage.objects.create(number=number, text=text[:500])


CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (Email(), Sms())}
