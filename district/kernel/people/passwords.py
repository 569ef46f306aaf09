"""What a password must be: ten characters, three of four classes, unlike the user name, not one of the last five."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


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
