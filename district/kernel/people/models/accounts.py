"""Accounts. The user name is the staff number 工号; no account has rights of its own, only duties give them."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.models.organisations import Organisation
from district.kernel.people.sealed_field import SealedTextField

USERNAME_FORM = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$", _("工号由 3 至 40 位字母、数字、点、横线组成"))


class Status(models.TextChoices):
    ACTIVE = "active", _("在用")
    SUSPENDED = "suspended", _("停用")
    LEFT = "left", _("已离职")


class Accounts(BaseUserManager["Account"]):
    def active(self) -> models.QuerySet[Account]:
        return self.filter(status=Status.ACTIVE).exclude(until_at__lte=clock.now())

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """An account whose password is `password`, or none that could be used."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save()
        return account


@pghistory.track(append_only=True, exclude=["password", "last_login"])
class Account(AbstractBaseUser):
    """One person's way in. `phone` is sealed in the database and shown masked.

    `until_at` is for people of suppliers and other guests: from that instant on the account opens nothing, whatever
    its sessions and duties say.
    """

    username = models.CharField(_("工号"), max_length=40, unique=True, validators=[USERNAME_FORM])
    name = models.CharField(_("姓名"), max_length=40)
    phone = SealedTextField(_("手机号"), blank=True, default="")
    email = models.EmailField(_("电子邮箱"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="accounts", verbose_name=_("所属单位")
    )
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    joined_on = models.DateField(_("入职日期"), default=clock.today)
    left_on = models.DateField(_("离职日期"), null=True, blank=True)
    until_at = models.DateTimeField(_("有效期至"), null=True, blank=True)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    language = models.CharField(_("语言"), max_length=10, blank=True)
    theme = models.CharField(
        _("外观"), max_length=5, blank=True, choices=(("light", _("浅色")), ("dark", _("深色")))
    )
    is_demo = models.BooleanField(_("演示账号"), default=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects = Accounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)
    is_superuser = False

    class Meta:
        verbose_name = verbose_name_plural = _("账号")
        ordering = ("username",)
        constraints = (models.UniqueConstraint(Lower("username"), name="people_username_in_any_case"),)

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE and (self.until_at is None or clock.now() < self.until_at)

    @property
    def is_staff(self) -> bool:
        """Whether the plain upkeep of tables (Django's admin) is open: to the operator 运维 only."""
        from district.kernel.people.access import OPERATOR, may

        return may(self, OPERATOR)

    def has_module_perms(self, app_label: str) -> bool:
        """Upkeep never reaches accounts, sign-in and audit: those have pages of their own and other people."""
        return app_label not in ("people", "auth", "account", "mfa", "axes", "sessions", "pghistory") and self.is_staff

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return self.has_module_perms(permission.split(".")[0])
