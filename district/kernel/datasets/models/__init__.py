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
from district.kernel.datasets.models.sizes import DatasetSize
from district.kernel.datasets.models.versions import Version

__all__ = [
    "Cycle",
    "DataType",
    "DatasetSize",
    "Grade",
    "Item",
    "LakeFile",
    "Level",
    "Resource",
    "Share",
    "Shelf",
    "Version",
]
