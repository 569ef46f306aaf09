"""What was staged becomes a version, once."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
from django.db import transaction
from django.db.models import Q

from district.kernel.clock import now
from district.kernel.connectors import repeats
from district.kernel.connectors.conformance import as_text
from district.kernel.connectors.contract import RowsRefused, RunFinished
from district.kernel.connectors.models import Kind, Mode, RefusedRow, RefusedState, RunState
from district.kernel.connectors.rows import DeliveryRefused
from district.kernel.connectors.run_attempt import Attempt
from district.kernel.connectors.run_checking import MOST_REFUSED
from district.kernel.connectors.staging import POSITION
from district.kernel.datasets.lineage import tell as tell_lineage
from district.kernel.datasets.versions import lake_sql, open_version, published
from district.kernel.events import publish as tell

KNOW_REPEATS: Final = (Kind.DATABASE, Kind.MQTT, Kind.NATS)
"""Their readers know what came before; rows without a key that are alike are two rows."""


class Publishing(Attempt):
    """`finish` may be tried again after a kill: it comes to the same version and the same counts."""

    def finish(self) -> None:
        """Publishes what was staged, unless that is done or nothing new came."""
        if self.run.version is None and self.run.checkpoint["parts"]:
            self._publish()
        elif self.run.version is None and not self.run.rows_repeated:
            self._refuse_empty()
        self._done()

    def _refuse_empty(self) -> None:
        if self.source.mode != Mode.REPLACE and self.run.checkpoint["cursor"] is not None:
            return  # the next delivery begins behind these rows, which wait to be corrected
        if self.run.rows_refused:
            raise DeliveryRefused(
                "all_refused", f"{self.run.rows_read} 行全部不合规，没有入库；请更正后重新提交"
            )
        if self.source.mode == Mode.REPLACE and not self.source.cursor_item:
            raise DeliveryRefused("no_rows", "没有数据行，没有入库；已发布的数据不变")

    def _publish(self) -> None:
        at, source, keys = self.run.checkpoint, self.source, self._keys()
        before = published(source.resource)
        parts, mode = self.staging.parts(at["parts"]), self._mode()
        columns = [item.name for item in self.items]
        is_compared = mode != "replace" and bool(keys or source.kind not in KNOW_REPEATS)
        found = repeats.find(
            parts, columns, keys, mode, lake_sql(before) if before is not None and is_compared else None
        )
        self._note_repeats(found)
        if not self.run.rows_taken and (self.run.rows_repeated or self.run.rows_refused):
            if not self.run.rows_repeated:
                self._refuse_empty()
            return
        with open_version(source.resource, self.run.mark, mode) as draft:  # type: ignore[arg-type]
            draft.write(
                batch.drop_columns([POSITION]) for batch in self.staging.batches(at["parts"], found.dropped)
            )
            self.run.version = draft.publish(self.run.made_by)
        resource = source.resource
        tell_lineage(
            [("source", source.pk, source.name)], ("resource", resource.pk, resource.title), "intake"
        )

    def _keys(self) -> list[str]:
        return list(
            self.source.resource.items.filter(is_key=True).order_by("position").values_list("name", flat=True)
        )

    def _mode(self) -> str:
        """Corrected rows join the version their delivery made."""
        is_joining = self.run.corrects_id is not None and self.source.mode == Mode.REPLACE
        return "append" if is_joining else str(self.source.mode)

    def _note_repeats(self, found: repeats.Found) -> None:
        """From what reading had counted, so that a second attempt to publish comes to the same numbers."""
        at = self.run.checkpoint
        self.run.rows_repeated = at["repeated"] + len(found.repeated)
        self.run.rows_taken = at["staged"] - len(found.dropped)
        if len(found.clashing):
            self._refuse_clashing(found.clashing)
        self.run.save(update_fields=["rows_taken", "rows_refused", "rows_repeated", "rules"])

    def _refuse_clashing(self, positions: np.ndarray) -> None:
        if self.run.rules.get("key_taken") == len(positions):
            return
        if len(positions) > MOST_REFUSED:
            raise DeliveryRefused(
                "too_many_refused", f"{len(positions)} 行的主键重复而内容不同，请检查主键的设置"
            )
        keys = self._keys()
        problems = []
        for batch in self.staging.batches(self.run.checkpoint["parts"], repeats.NONE):
            is_clashing = np.isin(batch.column(POSITION).to_numpy(), positions)
            for row in batch.filter(pa.array(is_clashing)).to_pylist():
                position = row.pop(POSITION)
                raw = {
                    self._column_of(name): as_text(value) for name, value in row.items() if value is not None
                }
                value = " ".join(as_text(row[key]) for key in keys)[:400]
                problems.append(RefusedRow(run=self.run, position=position, raw=raw, item=keys[0], value=value, rule="key",
                                           code="key_taken", words="主键已有，内容却不同"))  # fmt: skip
        with transaction.atomic():
            self._keep(problems)
            self.run.rules["key_taken"] = len(problems)
            self.run.save(update_fields=["rows_refused", "rules"])

    def _column_of(self, item: str) -> str:
        return self.matched.columns.get(item, item) if self.matched else item

    def _done(self) -> None:
        delivery, source, at = self.run, self.source, self.run.checkpoint
        delivery.state, delivery.ended_at = RunState.DONE, now()
        cursor = at["cursor"] if at["cursor"] is not None else at["high"]
        with transaction.atomic():
            if cursor is not None and not delivery.corrects_id:
                source.cursor = cursor
                source.save(update_fields=["cursor"])
            if self.matched is not None and not delivery.corrects_id:
                source.settings = {
                    **source.settings,
                    "columns": self.columns,
                    "items": list(self.matched.columns),
                }
                source.save(update_fields=["settings"])
            delivery.cursor_after = source.cursor
            delivery.save()
            self._settle_corrected()
            tell(RunFinished(delivery.pk, source.pk, source.resource_id, delivery.version_id, delivery.rows_taken,
                             delivery.rows_refused))  # fmt: skip
            if delivery.rows_refused:
                tell(
                    RowsRefused(
                        run_id=delivery.pk,
                        source_id=source.pk,
                        resource_id=source.resource_id,
                        rows=delivery.rows_refused,
                    )
                )
        transaction.on_commit(self.staging.forget)

    def _settle_corrected(self) -> None:
        """Rows that were sent again and not refused again are in."""
        if self.run.corrects_id is not None:
            sent = Q(run_id=self.run.corrects_id, position__in=self.run.input["positions"])
            RefusedRow.objects.filter(sent, state=RefusedState.CORRECTED).update(state=RefusedState.TAKEN)
