"""Air quality 24–72 hours ahead, with an interval that held-back days have confirmed.

`fit(history, target)` → `Forecaster.forecast(history, origin_at)` → `Forecast`; `score` judges; `outlook` sums up days.
"""

from .features import HORIZONS
from .forecaster import MODELS, Forecast, Forecaster, fit
from .history import AQI, WEATHER, BadHistory, History
from .outlook import DayOutlook, outlook
from .scoring import ScoreTable, score
from .storage import UnreadableModel, from_bytes, to_bytes

__all__ = [
    "AQI",
    "HORIZONS",
    "MODELS",
    "WEATHER",
    "BadHistory",
    "DayOutlook",
    "Forecast",
    "Forecaster",
    "History",
    "ScoreTable",
    "UnreadableModel",
    "fit",
    "from_bytes",
    "outlook",
    "score",
    "to_bytes",
]
