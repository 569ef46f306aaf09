"""What readers keep of the interface for themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A reader's own view of a table: filters, order and columns under a name."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    table = models.CharField("表", max_length=100)
    path = models.CharField("页面", max_length=200)
    title = models.CharField("名称", max_length=60)
    query = models.CharField("条件", max_length=2000, blank=True)
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = "保存的视图"
        verbose_name_plural = "保存的视图"
        ordering = ("title",)
        constraints = (
            models.UniqueConstraint(fields=("account", "table", "path", "title"), name="one_view_per_title"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}"
