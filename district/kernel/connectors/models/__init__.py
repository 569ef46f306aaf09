from district.kernel.connectors.models.messages import StreamMessage
from district.kernel.connectors.models.runs import RefusedRow, RefusedState, Run, RunState
from district.kernel.connectors.models.sources import Kind, Mode, OnNewColumn, Source
from district.kernel.connectors.models.states import SourceState

__all__ = [
    "Kind",
    "Mode",
    "OnNewColumn",
    "RefusedRow",
    "RefusedState",
    "Run",
    "RunState",
    "Source",
    "SourceState",
    "StreamMessage",
]
