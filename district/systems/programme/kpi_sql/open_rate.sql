-- 公共信息资源社会开放率（GB/T 33356-2016 L5P1-A1，按平台口径）
-- 定义：向社会开放的已发布资源数 / 不涉密的已发布资源数。
-- 用法：psql -v at="2026-11-27 08:00+08" -f open_rate.sql
WITH asked AS (
    SELECT :'at'::timestamptz AS at
),
resource AS (
    SELECT is_open_to_public FROM asked, datasets_resource
    WHERE shelf = 'published' AND NOT is_secret AND published_at <= at
)
SELECT '' AS part, count(*) FILTER (WHERE is_open_to_public) AS numerator, count(*) AS denominator, 1 AS weight,
       round(100.0 * count(*) FILTER (WHERE is_open_to_public) / nullif(count(*), 0), 2) AS value
FROM resource;
