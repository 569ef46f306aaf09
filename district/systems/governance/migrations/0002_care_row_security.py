"""Row-level security on the tables of personal records and disputes, and the terms of the statutes as constraints.

Who may see a row is worked out here from people_duty: the application says which account is looking, when, and for
which work of the platform (`care.row_security`). With nothing said, no row is seen.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION governance_care_account() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('district.care_account', true), '')::bigint
$$;
CREATE FUNCTION governance_care_work() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('district.care_work', true), '')
$$;
CREATE FUNCTION governance_care_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('district.care_now', true), '')::timestamptz
$$;
CREATE FUNCTION governance_care_reach() RETURNS TABLE (role text, kind text, organisation_id bigint)
LANGUAGE sql STABLE AS $$
    SELECT duty.role, unit.kind, reached.id
    FROM people_duty duty
    JOIN people_account account ON account.id = duty.account_id AND account.status = 'active'
    JOIN people_organisation own ON own.id = duty.organisation_id
    JOIN governance_careunit unit ON unit.organisation_id = own.id
    JOIN people_organisation reached
      ON duty.scope = 'district' OR reached.id = own.id
      OR (duty.scope = 'subtree' AND starts_with(reached.path, own.path || '.'))
    CROSS JOIN (SELECT nullif(current_setting('district.care_today', true), '')::date AS today) said
    WHERE duty.account_id = governance_care_account() AND duty.ended_at IS NULL
      AND duty.role IN ('governance.carer', 'governance.care_lead')
      AND duty.from_on <= said.today AND (duty.until_on IS NULL OR duty.until_on >= said.today)
$$;
"""

LEAD = """(({row}kind, {row}{unit}) IN (
    SELECT reach.kind, reach.organisation_id FROM governance_care_reach() reach
    WHERE reach.role = 'governance.care_lead'))"""

CARER = """({row}carer_id = governance_care_account() AND {row}state = 'open' AND ({row}kind, {row}organisation_id) IN (
    SELECT reach.kind, reach.organisation_id FROM governance_care_reach() reach
    WHERE reach.role = 'governance.carer'))"""


def lead(row: str = "", unit: str = "organisation_id") -> str:
    return LEAD.format(row=row, unit=unit)


def held(row: str = "") -> str:
    return f"({lead(row)} OR {CARER.format(row=row)})"


OFFERED = f"""EXISTS (SELECT 1 FROM governance_caretransfer offer
    WHERE offer.record_id = governance_carerecord.id AND offer.state = 'asked'
    AND {lead("offer.", "to_organisation_id")})"""

OPENED = f"""EXISTS (SELECT 1 FROM governance_carerecord record
    WHERE record.id = {{table}}.record_id AND {held("record.")}
    AND (NOT record.is_locked OR EXISTS (
        SELECT 1 FROM governance_careunlock unlock
        WHERE unlock.record_id = record.id AND unlock.requested_by_id = governance_care_account()
        AND unlock.approved_at <= governance_care_now() AND unlock.until_at > governance_care_now())))"""

VISIBLE = f"""EXISTS (SELECT 1 FROM governance_carerecord record
    WHERE record.id = governance_careunlock.record_id AND {held("record.")})"""

LED = f"""EXISTS (SELECT 1 FROM governance_carerecord record
    WHERE record.id = governance_careunlock.record_id AND {lead("record.")})"""

DISPUTE_LEAD = """(('dispute', {row}organisation_id) IN (
    SELECT reach.kind, reach.organisation_id FROM governance_care_reach() reach
    WHERE reach.role = 'governance.care_lead'))"""

DISPUTE = (
    "("
    + DISPUTE_LEAD.format(row="{row}")
    + """ OR ({row}mediator_id = governance_care_account() AND ('dispute', {row}organisation_id) IN (
    SELECT reach.kind, reach.organisation_id FROM governance_care_reach() reach
    WHERE reach.role = 'governance.carer')))"""
)

OF_DISPUTE = (
    "EXISTS (SELECT 1 FROM governance_dispute dispute WHERE dispute.id = {table}.dispute_id AND "
    + DISPUTE.format(row="dispute.")
    + ")"
)

APPEAL = f"""({OPENED.format(table="governance_careappeal")}
    OR (governance_careappeal.record_id IS NULL AND {lead("governance_careappeal.")}))"""

TRANSFER = f"({lead('', 'from_organisation_id')} OR {lead('', 'to_organisation_id')})"

POLICIES = (
    ("governance_carerecord", "held", f"USING ({held()})"),
    ("governance_carerecord", "offered", f"FOR SELECT USING ({OFFERED})"),
    ("governance_carerecord", "accepted", f"FOR UPDATE USING ({OFFERED}) WITH CHECK ({lead()})"),
    ("governance_carerecord", "figures", "FOR SELECT USING (governance_care_work() = 'figures')"),
    *(
        (table, "opened", f"USING ({OPENED.format(table=table)})")
        for table in ("governance_carecontent", "governance_careplan", "governance_carevisit", "governance_carehelp")
    ),
    ("governance_careappeal", "opened", f"USING ({APPEAL})"),
    ("governance_caretransfer", "concerned", f"USING ({TRANSFER})"),
    ("governance_careunlock", "seen", f"FOR SELECT USING ({VISIBLE})"),
    (
        "governance_careunlock", "requested",
        f"FOR INSERT WITH CHECK ({VISIBLE} AND requested_by_id = governance_care_account() AND approved_by_id IS NULL)",
    ),
    (
        "governance_careunlock", "decided",
        f"FOR UPDATE USING ({LED} OR (requested_by_id = governance_care_account() AND {VISIBLE}))",
    ),
    ("governance_dispute", "held", f"USING ({DISPUTE.format(row='')})"),
    ("governance_dispute", "figures", "FOR SELECT USING (governance_care_work() = 'figures')"),
    *(
        (table, "held", f"USING ({OF_DISPUTE.format(table=table)})")
        for table in ("governance_disputeparty", "governance_disputestep")
    ),
)

TABLES = tuple(dict.fromkeys(table for table, _name, _rule in POLICIES))

UNLOCK_TRIGGER = f"""
CREATE FUNCTION governance_careunlock_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF governance_care_work() = 'expiry' THEN RETURN NEW; END IF;
    IF (NEW.record_id, NEW.requested_by_id, NEW.requested_at, NEW.reason)
       IS DISTINCT FROM (OLD.record_id, OLD.requested_by_id, OLD.requested_at, OLD.reason) THEN
        RAISE EXCEPTION 'a request to unlock is not rewritten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_at) THEN
        IF OLD.approved_by_id IS NOT NULL OR OLD.refused_at IS NOT NULL
           OR NEW.approved_by_id IS DISTINCT FROM governance_care_account()
           OR NOT EXISTS (SELECT 1 FROM governance_carerecord record
                          WHERE record.id = NEW.record_id AND {lead("record.")}) THEN
            RAISE EXCEPTION 'a record is unlocked by a second person, the lead of its unit'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF NEW.until_at > OLD.until_at THEN
        RAISE EXCEPTION 'an unlocking is not prolonged' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER governance_careunlock_check BEFORE UPDATE ON governance_careunlock
    FOR EACH ROW EXECUTE FUNCTION governance_careunlock_check();
"""

UNLOCK_LIMIT = """
ALTER TABLE governance_careunlock ADD CONSTRAINT governance_careunlock_two_hours
    CHECK (until_at <= approved_at + interval '2 hours');
"""

TERMS = (
    # basis, kind, longest term in months, whether it can be renewed: as in care/bases.csv, which a test compares
    ("correction_control", "correction", 36, False),
    ("correction_probation", "correction", 60, False),
    ("correction_parole", "correction", 120, False),
    ("correction_outside", "correction", 12, True),
    ("aftercare", "aftercare", 60, False),
    ("mental_care", "mental", 12, True),
    ("minor_hardship", "minors", 216, False),
    ("minor_left_behind", "minors", 216, False),
    ("community_detox", "rehabilitation", 36, False),
    ("community_recovery", "rehabilitation", 36, False),
)

BASIS_CHECK = (
    "ALTER TABLE governance_carerecord ADD CONSTRAINT governance_care_has_basis CHECK (CASE basis "
    + " ".join(
        f"WHEN '{basis}' THEN kind = '{kind}' AND expires_on <= (term_from_on + interval '{months} months')::date"
        + ("" if renewable else " AND term_from_on = starts_on")
        for basis, kind, months, renewable in TERMS
    )
    + " ELSE false END);"
)

GUARD = "\n".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    f" CREATE POLICY expiry ON {table} USING (governance_care_work() = 'expiry');"
    for table in TABLES
)
RULES = "\n".join(f"CREATE POLICY {name} ON {table} {rule};" for table, name, rule in POLICIES)

UNDO = (
    "DROP TRIGGER governance_careunlock_check ON governance_careunlock; DROP FUNCTION governance_careunlock_check();"
    + "".join(f"DROP POLICY {name} ON {table};" for table, name, _rule in POLICIES)
    + "".join(
        f"DROP POLICY expiry ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
        for table in TABLES
    )
    + "ALTER TABLE governance_careunlock DROP CONSTRAINT governance_careunlock_two_hours;"
    + "ALTER TABLE governance_carerecord DROP CONSTRAINT governance_care_has_basis;"
    + "".join(
        f"DROP FUNCTION governance_care_{name}();" for name in ("reach", "now", "work", "account")
    )
)


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_care_and_disputes")]

    operations = [
        migrations.RunSQL(FUNCTIONS + GUARD + RULES + UNLOCK_TRIGGER + UNLOCK_LIMIT + BASIS_CHECK, UNDO),
    ]
