from django.db import migrations

GUARDS = """
CREATE FUNCTION programme_project_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage <> 'proposal' THEN
        RAISE EXCEPTION 'project % begins as proposal, not as %', NEW.number, NEW.stage USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_project_begins BEFORE INSERT ON programme_project
    FOR EACH ROW EXECUTE FUNCTION programme_project_begins();
DROP TRIGGER programme_goes_its_way ON programme_contract;
CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE ON programme_contract FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('asked', 'asked>approved asked>refused approved>ended approved>terminated',
        'decided_by_id approved_at', '');
"""

UNDO = """
DROP TRIGGER programme_project_begins ON programme_project;
DROP FUNCTION programme_project_begins();
DROP TRIGGER programme_goes_its_way ON programme_contract;
CREATE TRIGGER programme_goes_its_way BEFORE UPDATE ON programme_contract FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('', 'asked>approved asked>refused approved>ended approved>terminated',
        'decided_by_id approved_at', '');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0009_answers_checked_by_another'),
    ]

    operations = [
        migrations.RunSQL(GUARDS, UNDO),
    ]
