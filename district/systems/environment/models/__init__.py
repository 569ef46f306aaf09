"""Tables of the environment system, one file per subject."""

from .operation import StateMark
from .permits import DutyFulfilment, Permit, PermitDuty, PermitLimit, PermitQuantity
from .points import MonitoringPoint
from .results import (
    AirDay,
    AirHour,
    CaptureRate,
    Correction,
    DailyValue,
    EvaluatedDay,
    Forecast,
    ForecastModel,
    ForecastScore,
    HourlyValue,
    NoiseDay,
    OutletDay,
    QualityFinding,
    WaterDay,
)
from .sources import Facility, FileRecord, Outlet, Source
from .supervision import CaseStep, SupervisionCase

__all__ = [
    "AirDay",
    "AirHour",
    "CaptureRate",
    "CaseStep",
    "Correction",
    "DailyValue",
    "DutyFulfilment",
    "EvaluatedDay",
    "Facility",
    "FileRecord",
    "Forecast",
    "ForecastModel",
    "ForecastScore",
    "HourlyValue",
    "MonitoringPoint",
    "NoiseDay",
    "Outlet",
    "OutletDay",
    "Permit",
    "PermitDuty",
    "PermitLimit",
    "PermitQuantity",
    "QualityFinding",
    "Source",
    "StateMark",
    "SupervisionCase",
    "WaterDay",
]
