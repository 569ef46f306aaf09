-- 公共汽电车来车信息实时预报率, transit.P
-- 定义：24 小时内在网页和手机上发布过实时到站预报的线路 / 在用时刻表的全部线路（数鲁专组办发〔2019〕7号附件）；仅按时刻表推算的预报不计。
-- 用法：psql -v at="2026-11-27 08:00+08" -f forecast_rate.sql
WITH asked AS (
    SELECT :'at'::timestamptz AS at
),
-- 在用的时刻表：当日有效的已发布版本中最后发布的
edition AS (
    SELECT line_ids
    FROM asked, transit_edition
    WHERE state = 'published' AND (at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN valid_from AND valid_to
    ORDER BY published_at DESC NULLS FIRST, id DESC
    LIMIT 1
),
line AS (
    SELECT unnest(line_ids) AS route_id FROM edition
),
told AS (
    SELECT DISTINCT run.route_id
    FROM asked
    JOIN transit_run run ON run.begins_at > at - interval '24 hours' AND run.begins_at <= at
    JOIN transit_forecast forecast ON forecast.run_id = run.id
    WHERE forecast.made_at > at - interval '24 hours' AND forecast.made_at <= at AND forecast.source <> 'timetable'
)
SELECT '' AS part, count(told.route_id) AS numerator, count(*) AS denominator, 1 AS weight,
       round(100.0 * count(told.route_id) / nullif(count(*), 0), 2) AS value
FROM line LEFT JOIN told USING (route_id);
