"""Messages of a stream, kept before they are acknowledged and until they are in a version."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.connectors.models.sources import Source


class StreamMessage(models.Model):
    """One message, as it came. `key` tells it from all others of the source: the broker or its sender gave it.

    Numbers grow in the order of arrival; a delivery takes those behind the cursor of the source. Delivered ones stay
    for a while, so that a message that is sent again is known.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.CASCADE, related_name="messages", verbose_name=_("来源"))
    key = models.CharField(_("标识"), max_length=200)
    topic = models.CharField(_("主题"), max_length=400)
    payload = models.BinaryField(_("内容"))
    received_at = models.DateTimeField(_("收到时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("流消息")
        constraints = (models.UniqueConstraint(fields=("source", "key"), name="connectors_message_once"),)
        indexes = (models.Index(fields=("source", "id"), name="connectors_message_order"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.key}"
