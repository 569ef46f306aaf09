"""Tables of field equipment and what it measures."""

from district.kernel.devices.models.commands import CommandState, DeviceCommand
from district.kernel.devices.models.devices import Device, DeviceLink, DeviceNote, DeviceStatus
from district.kernel.devices.models.lake_days import LakeDay, PositionLakeDay
from district.kernel.devices.models.observations import Latest, Observation, ObservationCount, Series
from district.kernel.devices.models.positions import LatestPosition, Position
from district.kernel.devices.models.quarantine import QuarantinedMessage, QuarantineState
from district.kernel.devices.models.reports import DeviceReport

__all__ = [
    "CommandState",
    "Device",
    "DeviceCommand",
    "DeviceLink",
    "DeviceNote",
    "DeviceReport",
    "DeviceStatus",
    "LakeDay",
    "Latest",
    "LatestPosition",
    "Observation",
    "ObservationCount",
    "Position",
    "PositionLakeDay",
    "QuarantineState",
    "QuarantinedMessage",
    "Series",
]
