from district.kernel.connectors.models.runs import RefusedRow, RefusedState, Run, RunState
from district.kernel.connectors.models.sources import Kind, Mode, OnNewColumn, Source

__all__ = ["Kind", "Mode", "OnNewColumn", "RefusedRow", "RefusedState", "Run", "RunState", "Source"]
