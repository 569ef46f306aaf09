"""What the planner has to know of the marks: they cost much to make from a row, and most of them are rare.

With the cost and the number of marks that PostgreSQL supposes by itself, a list of a mark that few cases have walked
through all cases backwards; by the index it takes less than a millisecond.
"""

from django.db import migrations

ARGUMENTS = ", ".join(["text"] * 8)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_marks_of_lists")]
    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION cases_marks({ARGUMENTS}) COST 5000;"
            "ALTER INDEX cases_case_seen_marks ALTER COLUMN 2 SET STATISTICS 1000",
            f"ALTER FUNCTION cases_marks({ARGUMENTS}) COST 100;"
            "ALTER INDEX cases_case_seen_marks ALTER COLUMN 2 SET STATISTICS -1",
        ),
    ]
