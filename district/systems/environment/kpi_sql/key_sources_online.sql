-- 重点污染源在线监测情况（GB/T 33356-2016 L3P1-A1，按平台口径）
-- 定义：至少一个排口的监测设备 24 小时内有上报的重点排污单位数 / 在产的重点排污单位数。
-- 用法：psql -v at="2026-11-27 08:00+08" -f key_sources_online.sql
WITH asked AS (
    SELECT :'at'::timestamptz AS at
),
source AS (
    SELECT s.id,
           EXISTS (
               SELECT 1 FROM environment_outlet o JOIN devices_device d ON d.id = o.device_id
               WHERE o.source_id = s.id AND d.last_seen_at >= asked.at - interval '24 hours'
           ) AS counts
    FROM asked, environment_source s
    WHERE s.level = 'key' AND s.status = 'running'
)
SELECT '' AS part, count(*) FILTER (WHERE counts) AS numerator, count(*) AS denominator, 1 AS weight,
       round(100.0 * count(*) FILTER (WHERE counts) / nullif(count(*), 0), 2) AS value
FROM source;
