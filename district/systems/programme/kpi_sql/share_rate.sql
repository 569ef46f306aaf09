-- 政府部门间信息资源共享率（GB/T 33356-2016 L5P1-A2，按平台口径）
-- 定义：无条件或有条件共享的已发布资源数 / 全部已发布资源数。
-- 用法：psql -v at="2026-11-27 08:00+08" -f share_rate.sql
WITH asked AS (
    SELECT :'at'::timestamptz AS at
),
resource AS (
    SELECT share <> 'closed' AS is_shared FROM asked, datasets_resource
    WHERE shelf = 'published' AND published_at <= at
)
SELECT '' AS part, count(*) FILTER (WHERE is_shared) AS numerator, count(*) AS denominator, 1 AS weight,
       round(100.0 * count(*) FILTER (WHERE is_shared) / nullif(count(*), 0), 2) AS value
FROM resource;
