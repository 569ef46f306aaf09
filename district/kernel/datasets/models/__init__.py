from district.kernel.datasets.models.entry_files import EntryFile, RefusedEntry
from district.kernel.datasets.models.files import LakeFile
from district.kernel.datasets.models.lineage import LineageEdge, LineageNode, NodeKind
from district.kernel.datasets.models.purges import Purge
from district.kernel.datasets.models.quality import Dimension, QualityRule, QualityScore, RuleKind
from district.kernel.datasets.models.resources import (
    Cycle,
    DataType,
    Grade,
    Item,
    Level,
    Resource,
    Share,
    Shelf,
)
from district.kernel.datasets.models.shelf_steps import ShelfStep
from district.kernel.datasets.models.sizes import DatasetSize
from district.kernel.datasets.models.versions import Version
from district.kernel.datasets.models.visits import Visits

__all__ = [
    "Cycle",
    "DataType",
    "DatasetSize",
    "Dimension",
    "EntryFile",
    "Grade",
    "Item",
    "LakeFile",
    "Level",
    "LineageEdge",
    "LineageNode",
    "NodeKind",
    "Purge",
    "QualityRule",
    "QualityScore",
    "RefusedEntry",
    "Resource",
    "RuleKind",
    "Share",
    "Shelf",
    "ShelfStep",
    "Version",
    "Visits",
]
