from district.kernel.datasets.models.entry_files import EntryFile, RefusedEntry
from district.kernel.datasets.models.files import LakeFile
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

__all__ = [
    "Cycle",
    "DataType",
    "DatasetSize",
    "EntryFile",
    "Grade",
    "Item",
    "LakeFile",
    "Level",
    "RefusedEntry",
    "Resource",
    "Share",
    "Shelf",
    "ShelfStep",
    "Version",
]
