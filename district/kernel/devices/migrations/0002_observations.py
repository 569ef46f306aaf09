"""Observations in day partitions, latest values, counts, and the notices that wake the gateway."""

from django.db import migrations, models

TABLES = """
CREATE TABLE devices_observation (
    at timestamptz NOT NULL,
    value float8 NOT NULL,
    series_id int4 NOT NULL,
    mark int4 NOT NULL DEFAULT 0,
    CONSTRAINT devices_observation_pkey PRIMARY KEY (series_id, at)
) PARTITION BY RANGE (at);

CREATE TABLE devices_latest (
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    value float8 NOT NULL,
    series_id int4 PRIMARY KEY,
    mark int4 NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE devices_observationcount (
    day date PRIMARY KEY,
    observations bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE devices_writerprogress (
    writer text PRIMARY KEY,
    number bigint NOT NULL,
    at timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE devices_writerprogress IS
    'The last group each gateway process has committed: when a connection dies in a COMMIT, this tells the outcome';

CREATE FUNCTION devices_tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_ARGV[0], '');
    RETURN NULL;
END $$;

CREATE TRIGGER devices_changed_rows AFTER INSERT OR DELETE ON devices_device
    FOR EACH STATEMENT EXECUTE FUNCTION devices_tell_change('devices');
CREATE TRIGGER devices_changed_columns AFTER UPDATE OF code, protocol, password, cipher_key, system, status, interval_s,
    attributes ON devices_device
    FOR EACH STATEMENT EXECUTE FUNCTION devices_tell_change('devices');
CREATE TRIGGER devices_series_changed AFTER UPDATE OR DELETE ON devices_series
    FOR EACH STATEMENT EXECUTE FUNCTION devices_tell_change('devices');
CREATE TRIGGER devices_command_asked AFTER INSERT ON devices_devicecommand
    FOR EACH STATEMENT EXECUTE FUNCTION devices_tell_change('device_commands');
"""

UNDO = """
DROP TRIGGER devices_changed_rows ON devices_device;
DROP TRIGGER devices_changed_columns ON devices_device;
DROP TRIGGER devices_series_changed ON devices_series;
DROP TRIGGER devices_command_asked ON devices_devicecommand;
DROP FUNCTION devices_tell_change;
DROP TABLE devices_writerprogress, devices_observationcount, devices_latest, devices_observation;
"""


class Migration(migrations.Migration):
    dependencies = [("devices", "0001_devices_series_commands_quarantine")]

    operations = [migrations.RunSQL(TABLES, UNDO)]
