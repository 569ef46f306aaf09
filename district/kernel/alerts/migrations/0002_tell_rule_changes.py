"""The gateway loads its rules anew when they change, without asking."""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION alerts_tell_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('alerts_rules', '');
    RETURN NULL;
END $$;
CREATE TRIGGER alerts_rule_changed AFTER INSERT OR UPDATE OR DELETE ON alerts_rule
    FOR EACH STATEMENT EXECUTE FUNCTION alerts_tell_rules();
CREATE TRIGGER alerts_suppression_changed AFTER INSERT OR UPDATE OR DELETE ON alerts_suppression
    FOR EACH STATEMENT EXECUTE FUNCTION alerts_tell_rules();
"""

UNDO = """
DROP TRIGGER alerts_rule_changed ON alerts_rule;
DROP TRIGGER alerts_suppression_changed ON alerts_suppression;
DROP FUNCTION alerts_tell_rules;
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_rules_alarms_notices")]

    operations = [migrations.RunSQL(TRIGGERS, UNDO)]
