"""One engine for every procedure: BPMN processes, tasks, time limits, hand-over, supervision, evaluation."""
