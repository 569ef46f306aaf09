"""The views of the cameras, one module a group; only re-exports here."""

from . import topics
from .alarms import video_alarms
from .cameras import camera, cameras, probe_camera
from .coverage import video_features, video_map
from .grants import new_video_grant, video_grant, video_grants
from .register import edit_camera, edit_video_source, new_camera, new_video_source
from .sources import adopt_video_channel, check_video_source, video_difference, video_sources
from .viewings import video_viewings, viewing

__all__ = [
    "adopt_video_channel",
    "camera",
    "cameras",
    "check_video_source",
    "edit_camera",
    "edit_video_source",
    "new_camera",
    "new_video_grant",
    "new_video_source",
    "probe_camera",
    "topics",
    "video_alarms",
    "video_difference",
    "video_features",
    "video_grant",
    "video_grants",
    "video_map",
    "video_sources",
    "video_viewings",
    "viewing",
]
