"""What a password must be: ten characters, three of four classes, unlike the user name, not one of the last five."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people.models import Account, PastPassword

KEPT = 5


def is_change_due(account: Account) -> bool:
    """Whether the account has to change its password before anything else: told to, or the password is too old."""
    if account.must_change_password:
        return True
    if account.is_demo or account.password_changed_at is None:
        return not account.is_demo
    return clock.now() - account.password_changed_at >= settings.PASSWORD_MAX_AGE


@transaction.atomic
def change(account: Account, password: str, *, must_change: bool = False) -> None:
    """Sets a password that has passed the rules and remembers it among the last ones.

    `must_change` marks it as handed out by somebody else: it is good for one sign-in.
    """
    account.set_password(password)
    account.must_change_password = must_change
    account.password_changed_at = clock.now()
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    PastPassword.objects.create(account=account, encoded=account.password)
    kept = PastPassword.objects.filter(account=account).values("pk")[:KEPT]
    PastPassword.objects.filter(account=account).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


def handed_out() -> str:
    """A random password for a first sign-in: 14 characters of all four classes, none that look alike."""
    alphabet = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=?%"
    sure = [secrets.choice(letters) for letters in alphabet]
    rest = [secrets.choice("".join(alphabet)) for _place in range(10)]
    mixed = sure + rest
    secrets.SystemRandom().shuffle(mixed)
    return "".join(mixed)


def classes_in(password: str) -> int:
    """How many of the four classes occur: lower case, upper case, digits, all the rest."""
    others = any(not (char.isascii() and char.isalnum()) for char in password)
    return sum(
        (
            any(char.isascii() and char.islower() for char in password),
            any(char.isascii() and char.isupper() for char in password),
            any(char.isascii() and char.isdigit() for char in password),
            others,
        )
    )


class LongEnough:
    def __init__(self, characters: int = 10) -> None:
        self.characters = characters

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.characters:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        return _("密码至少 %(characters)d 个字符") % {"characters": self.characters}


class MixedClasses:
    def __init__(self, classes: int = 3) -> None:
        self.classes = classes

    def validate(self, password: str, user: Any = None) -> None:
        if classes_in(password) < self.classes:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("大写字母、小写字母、数字、符号四类中至少包含 %(classes)d 类") % {"classes": self.classes}


class NotTheUsername:
    """The user name may not occur in the password, forwards or backwards, in any case of letters."""

    def validate(self, password: str, user: Any = None) -> None:
        username = (getattr(user, "username", "") or "").lower()
        if username and (username in password.lower() or username[::-1] in password.lower()):
            raise ValidationError(self.get_help_text(), code="password_has_username")

    def get_help_text(self) -> str:
        return _("密码不能包含工号")


class NotCommon(CommonPasswordValidator):
    """Django's list of the 20,000 most common passwords."""

    def validate(self, password: str, user: Any = None) -> None:
        if password.lower().strip() in self.passwords:
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self) -> str:
        return _("密码过于常见")


class NotUsedBefore:
    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        past = list(user.past_passwords.values_list("encoded", flat=True)[: self.last])
        current = [user.password] if user.has_usable_password() else []
        if any(check_password(password, encoded) for encoded in dict.fromkeys(current + past)):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        return _("不能使用最近 %(last)d 次用过的密码") % {"last": self.last}
