"""What Prometheus asks for, counted in one place."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Counters:
    """One registry per gateway, so that tests may run several."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.connections = self._gauge("connections", "open connections")
        self.opened = self._counter("connections_opened", "connections accepted")
        self.turned_away = self._counter("connections_refused", "connections beyond the limit")
        self.closed = self._counter("connections_closed", "connections closed by us", ("why",))
        self.received = self._counter("received_bytes", "bytes received")
        self.frames = self._counter("frames", "frames decoded")
        self.observations = self._counter("observations", "observations committed")
        self.resent = self._counter("observations_resent", "observations that were stored already")
        self.positions = self._counter("positions", "positions committed")
        self.positions_resent = self._counter("positions_resent", "positions that were stored already")
        self.acknowledged = self._counter("acknowledgements", "replies sent after their commit")
        self.refusals = self._counter("refusals", "frames or readings put in quarantine", ("reason",))
        self.commits = self._counter("commits", "committed groups")
        self.commit_seconds = Histogram(
            "district_gateway_commit_seconds", "time of one transaction", registry=self.registry,
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
        )  # fmt: skip
        self.queue = self._gauge("queue_depth", "groups waiting for the database")
        self.buffered = self._gauge("buffered_bytes", "bytes received and not yet decoded")
        self.database = self._gauge("database_up", "1 while the database answers")
        self.alarms = self._counter("alarms", "changes of alarms", ("change",))
        self.commands = self._counter("commands", "commands to devices that ended", ("state",))

    def _gauge(self, name: str, about: str) -> Gauge:
        return Gauge(f"district_gateway_{name}", about, registry=self.registry)

    def _counter(self, name: str, about: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(f"district_gateway_{name}", about, labels, registry=self.registry)

    def text(self) -> bytes:
        return generate_latest(self.registry)
