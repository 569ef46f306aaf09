"""血缘: what came from what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class NodeKind(models.TextChoices):
    """Where data is on its way. `key` of a node is the id of the thing in its own table, as text; that of a product is
    the id of the resource it is published as, that of a grant its number.

    source → resource → version → product → version of the product; resource → grant, since a grant gives whichever
    version is published.
    """

    SOURCE = "source", _("来源")
    RESOURCE = "resource", _("资源")
    VERSION = "version", _("版本")
    PRODUCT = "product", _("产品")
    GRANT = "grant", _("授权")


class LineageNode(models.Model):
    """A thing data passes through. The label is what it was called when last told of."""

    kind = models.CharField(_("种类"), max_length=10, choices=NodeKind.choices)
    key = models.CharField(_("编号"), max_length=80)
    label = models.CharField(_("名称"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("血缘节点")
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="datasets_lineage_node_once"),)

    def __str__(self) -> str:
        return self.label


class LineageEdge(models.Model):
    """Data went from one to the other; `by` says through what (a delivery, a job, an account)."""

    origin = models.ForeignKey(LineageNode, models.CASCADE, related_name="outgoing", verbose_name=_("从"))
    target = models.ForeignKey(LineageNode, models.CASCADE, related_name="incoming", verbose_name=_("到"))
    by = models.CharField(_("途径"), max_length=120, blank=True)
    at = models.DateTimeField(_("时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("血缘关系")
        constraints = (
            models.UniqueConstraint(fields=("origin", "target", "by"), name="datasets_lineage_edge_once"),
            models.CheckConstraint(condition=~Q(origin=F("target")), name="datasets_lineage_not_of_itself"),
        )

    def __str__(self) -> str:
        return f"{self.origin} → {self.target}"
