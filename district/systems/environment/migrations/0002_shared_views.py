"""The SQL views behind the datasets of contract.py."""

from django.db import migrations

AIR = """
    SELECT p.code AS station_code, p.name AS station, p.lon, p.lat, v.{time}, v.aqi, v.category,
           array_to_string(ARRAY(SELECT jsonb_array_elements_text(v.primary_pollutants)), '、')
               AS primary_pollutants,
           (v.concentrations ->> 'PM2.5')::float8 AS pm25, (v.concentrations ->> 'PM10')::float8 AS pm10,
           (v.concentrations ->> 'SO2')::float8 AS so2, (v.concentrations ->> 'NO2')::float8 AS no2,
           (v.concentrations ->> 'CO')::float8 AS co, (v.concentrations ->> 'O3')::float8 AS o3, v.standard
    FROM {table} v JOIN environment_monitoringpoint p ON p.id = v.point_id
"""

VIEWS = {
    "environment_air_quality_hourly": AIR.format(time="at", table="environment_airhour"),
    "environment_air_quality_daily": AIR.format(time='"on"', table="environment_airday"),
    "environment_outlet_emission_daily": """
        SELECT s.credit_code, s.name AS source, o.code AS outlet_code, o.name AS outlet, v.item, v."on", v.mean,
               v.mass_kg, v.flow_m3, v.valid_hours, v.exceeding_hours, v.exceeds_day
        FROM environment_outletday v JOIN environment_outlet o ON o.id = v.outlet_id
        JOIN environment_source s ON s.id = o.source_id
    """,
    "environment_alarm_ledger": """
        SELECT c.number, c.kind, c.state, s.name AS source, s.credit_code, o.code AS outlet_code,
               p.name AS point, c.item, c.happened_at, c.opened_at, c.due_at, c.closed_at, c.measured_value,
               c.limit_value, c.unit
        FROM environment_supervisioncase c
        LEFT JOIN environment_source s ON s.id = c.source_id
        LEFT JOIN environment_outlet o ON o.id = c.outlet_id
        LEFT JOIN environment_monitoringpoint p ON p.id = c.point_id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("environment", "0001_sources_permits_results_supervision")]

    operations = [
        migrations.RunSQL(f"CREATE VIEW {name} AS {query}", f"DROP VIEW {name}") for name, query in VIEWS.items()
    ]
