"""Pages of indicators."""

from .evaluation import evaluation, evaluation_decide, evaluation_item
from .plan import indicator_of, indicator_page, indicator_recompute, indicator_sql, indicators
from .snapshots import snapshot, snapshot_compare, snapshot_file, snapshot_take, snapshots

__all__ = [
    "evaluation", "evaluation_decide", "evaluation_item", "indicator_of", "indicator_page", "indicator_recompute",
    "indicator_sql", "indicators", "snapshot", "snapshot_compare", "snapshot_file", "snapshot_take", "snapshots",
]  # fmt: skip
