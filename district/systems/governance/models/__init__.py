"""The tables, one file a noun; only re-exports here."""

from .care import CareContent, CareErasure, CareFigures, CareRecord, CareUnit
from .care_work import CareAppeal, CareHelp, CarePlan, CareTransfer, CareUnlock, CareVisit
from .disputes import Dispute, DisputeParty, DisputeStep, GroupDispute, GroupDisputeStep
from .grid import CellDuty, CellKind, GridCell, Shift
from .insight import Trend, TrendKind
from .patrols import CheckPoint, Patrol, PatrolPlan, TrackPoint
from .protection import Inspection, InspectionFinding, KeyPlace, KeyPlaceKind, Post, PostKind
from .reports import ProgramKey, Reading, RefusedRow, ReportImport, Visits
from .video import (
    Camera,
    CameraMount,
    CatalogueDifference,
    DifferenceKind,
    GrantState,
    KeyPoint,
    KeyPointKind,
    VideoAlarm,
    VideoGrant,
    VideoSource,
    Viewing,
    ViewingResult,
)

__all__ = [
    "Camera",
    "CameraMount",
    "CareAppeal",
    "CareContent",
    "CareErasure",
    "CareFigures",
    "CareHelp",
    "CarePlan",
    "CareRecord",
    "CareTransfer",
    "CareUnit",
    "CareUnlock",
    "CareVisit",
    "CatalogueDifference",
    "CellDuty",
    "CellKind",
    "CheckPoint",
    "DifferenceKind",
    "Dispute",
    "DisputeParty",
    "DisputeStep",
    "GrantState",
    "GridCell",
    "GroupDispute",
    "GroupDisputeStep",
    "Inspection",
    "InspectionFinding",
    "KeyPlace",
    "KeyPlaceKind",
    "KeyPoint",
    "KeyPointKind",
    "Patrol",
    "PatrolPlan",
    "Post",
    "PostKind",
    "ProgramKey",
    "Reading",
    "RefusedRow",
    "ReportImport",
    "Shift",
    "TrackPoint",
    "Trend",
    "TrendKind",
    "VideoAlarm",
    "VideoGrant",
    "VideoSource",
    "Viewing",
    "ViewingResult",
    "Visits",
]
