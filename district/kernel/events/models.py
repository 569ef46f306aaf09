from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class Receipt(models.Model):
    """A message a listener has dealt with; kept as long as a message could come again."""

    message = models.CharField(max_length=60, primary_key=True)
    listener = models.CharField(_("处理程序"), max_length=200)
    at = models.DateTimeField(_("时间"), default=now, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("消息回执")

    def __str__(self) -> str:
        return f"{self.message} {self.listener}"
