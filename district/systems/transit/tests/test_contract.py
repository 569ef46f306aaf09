"""What the system lends is there under the names it says."""

from __future__ import annotations

import pytest
from django.db import connection

from district.systems.transit import contract


@pytest.mark.django_db
@pytest.mark.parametrize("dataset", [contract.TripRun, contract.ForecastScoreDaily], ids=lambda dataset: dataset.key)
def test_a_lent_table_has_the_columns_it_names(dataset):
    columns = ", ".join(f'"{column.name}"' for column in dataset.columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{dataset.table}" LIMIT 1')
        assert len(cursor.description) == len(dataset.columns)
