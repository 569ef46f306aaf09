"""Asking, keeping and scheduling questions, and making a product of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db import IntegrityError, transaction

from district.kernel import clock
from district.kernel.connectors import schedule
from district.kernel.datasets import lineage
from district.kernel.datasets import version_files as lake_types
from district.kernel.datasets.actions import add_resource, submit
from district.kernel.datasets.models import Item, Resource, Shelf, Version
from district.kernel.datasets.versions import open_version, published
from district.kernel.grants.viewers import viewer_of
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

from ..models import QuestionRun, SavedQuestion
from . import reading_sql, sandbox
from .relations import Relation, record, relations

INTERACTIVE_S = 30.0
SCHEDULED_S = 300.0
MOST_PRODUCT_ROWS = 1_000_000
TYPES = {"string": "text", "bool": "boolean", "date32[day]": "date"}


@dataclass(frozen=True)
class Found:
    """An answer and what it was made from. `titles` are those of the columns that are items as they are, by name."""

    answer: sandbox.Answer
    relations: Sequence[Relation]
    titles: Mapping[str, str]


def ask(
    sql: str, account: Account, *, question: SavedQuestion | None = None, purpose: str = "", is_scheduled: bool = False,
    most_rows: int = sandbox.MOST_ROWS,
) -> Found:  # fmt: skip
    """Answers a question by the grants `account` has at this moment. Every run is kept, and each use of data logged.

    Raises Refused, see `reading_sql.read`, `relations` and `sandbox.run`.
    """
    run = QuestionRun(question=question, account=account, sql=sql[:20_000], is_scheduled=is_scheduled)
    try:
        asked = reading_sql.read(sql)
        run.resources = list(asked.tables)
        viewer = viewer_of(account)
        made = relations(asked, viewer)
        with sandbox.sandbox([each.loaded for each in made]) as connection:
            seconds = SCHEDULED_S if is_scheduled else INTERACTIVE_S
            answer = sandbox.run(connection, asked.sql, most_rows=most_rows, seconds=seconds)
        record(made, viewer, asked.sql, purpose)
    except Refused as refused:
        run.error = f"{refused.code}：{refused}"[:300]
        raise
    else:
        run.rows, run.seconds = answer.rows.num_rows, answer.seconds
    finally:
        run.save()
    return Found(answer, made, _titles(answer.rows.schema.names, asked.renamed, made))


def _titles(names: Sequence[str], renamed: frozenset[str], made: Sequence[Relation]) -> dict[str, str]:
    """Left out where two resources call items of one name differently."""
    called: dict[str, set[str]] = {}
    for column in (column for each in made for column in each.rule.columns):
        called.setdefault(column.name.lower(), set()).add(column.title)
    known = {name: called.get(name.lower(), set()) for name in names if name.lower() not in renamed}
    return {name: next(iter(titles)) for name, titles in known.items() if len(titles) == 1}


def keep(
    account: Account, *, title: str, sql: str, purpose: str, chart: str = "", is_shared: bool = False, cron: str = "",
    question: SavedQuestion | None = None,
) -> SavedQuestion:  # fmt: skip
    """Saves a question, new or again. Raises Refused: as `reading_sql.read`, `schedule_wrong`, `title_taken`, `no_unit`."""
    reading_sql.read(sql)
    cron = schedule.checked(cron)
    if account.organisation is None:
        raise Refused("no_unit", "账号没有所属单位", field="organisation")
    kept = question or SavedQuestion(owner=account, organisation=account.organisation)
    kept.title, kept.sql, kept.purpose, kept.chart, kept.is_shared = title, sql, purpose, chart, is_shared
    kept.schedule = cron
    kept.due_at = schedule.next_time(cron, clock.now()) if cron else None
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise Refused("title_taken", "已有同名的查询", field="title", value=title) from error
    return kept


def make_product(question: SavedQuestion, account: Account) -> Version:
    """What the question answers becomes the next version of its product; the first time the product is drafted.

    The product is as sensitive as the most sensitive thing it was made from, and goes through the same review as
    any entry of the catalogue. Raises Refused.
    """
    found = ask(question.sql, account, question=question, purpose=question.purpose, is_scheduled=True,
                most_rows=MOST_PRODUCT_ROWS)  # fmt: skip
    if found.answer.is_cut:
        raise Refused("product_large", f"数据产品不能超过 {MOST_PRODUCT_ROWS:,} 行", field="sql")
    rows = found.answer.rows
    with transaction.atomic():
        product = question.product or _drafted(question, found)
        rows = _fitted(rows, list(product.items.all()))
    draft = open_version(product, made_by=f"question-{question.pk}", mode="replace")
    with draft:
        draft.write([rows])
        version = draft.publish(account)
    lineage.tell(
        [_origin(each.resource) for each in found.relations], ("product", product.pk, product.title),
        by=f"question-{question.pk}",
    )  # fmt: skip
    lineage.tell([("product", product.pk, product.title)], ("version", version.pk, f"{product.title} v{version.number}"),
                 by=version.made_by)  # fmt: skip
    return version


def _origin(resource: Resource) -> lineage.Named:
    """The version that was read, or the resource itself where its rows are a system's table."""
    version = None if resource.table else published(resource)
    if version is None:
        return ("resource", resource.pk, resource.title)
    return ("version", version.pk, f"{resource.title} v{version.number}")


def run_due(limit: int = 50) -> int:
    """Runs what the schedules ask for; a question that fails is tried again at its next time, and its run says why."""
    done = 0
    while done < limit:
        with transaction.atomic():
            question = (
                SavedQuestion.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("owner__organisation", "product")
                .filter(due_at__lte=clock.now())
                .order_by("due_at")
                .first()
            )
            if question is None:
                break
            question.due_at = schedule.next_time(question.schedule, clock.now())
            question.save(update_fields=["due_at"])
        done += 1
        try:
            make_product(question, question.owner)
        except Refused:
            continue  # kept in the run, shown on the page of the question
    return done


def _drafted(question: SavedQuestion, found: Found) -> Resource:
    rows, made, titles = found.answer.rows, found.relations, found.titles
    grade = max((column.grade for each in made for column in each.rule.columns), default=1)
    sources = "、".join(each.resource.title for each in made)
    product = add_resource(
        provider=question.organisation, title=question.title, slug=f"product_{question.pk}", account=None,
        abstract=f"由“{sources}”加工：{question.purpose}", share="conditional", share_condition=f"限于{question.purpose}",
        cycle="irregular" if not question.schedule else "daily",
        items=[
            {"name": _column(place, field.name), "title": titles.get(field.name, field.name), "type": _type(field.type),
             "grade": grade}
            for place, field in enumerate(rows.schema)
        ],
        is_simulated=any(each.resource.is_simulated for each in made),
    )  # fmt: skip
    question.product = product
    question.save(update_fields=["product"])
    if product.shelf == Shelf.DRAFT:
        submit(product, None)  # reviewed like any other; who made it stands in the question
    return product


def _fitted(rows: pa.Table, items: Sequence[Item]) -> pa.Table:
    """The columns under the names of the product's items. Raises Refused when the question gives other columns now."""
    if [_type(field.type) for field in rows.schema] != [item.type for item in items]:
        raise Refused("product_changed", "查询的列与数据产品不一致，请另存为新的查询", field="sql")
    schema = pa.schema([pa.field(item.name, lake_types.TYPES[item.type]) for item in items])
    return rows.rename_columns(schema.names).cast(schema)


def _column(place: int, title: str) -> str:
    return title if title.isascii() and title.isidentifier() else f"column_{place + 1}"


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_timestamp(kind):
        return "datetime"
    return TYPES.get(str(kind), "text")


def answer_rows(table: pa.Table) -> list[dict[str, Any]]:
    """For a page: names may come twice in SQL, so columns are numbered."""
    columns = [table.column(place).to_pylist() for place in range(table.num_columns)]
    return [{f"c{place}": value for place, value in enumerate(row)} for row in zip(*columns, strict=True)]
