-- 公交电子站牌覆盖率（伴随指标）
-- 定义：24 小时内在线的电子站牌所在站点数 / 在用时刻表的全部站点数；省定义按城区站点加权，权重未公布，这里各站等权。
-- 用法：psql -v at="2026-11-27 08:00+08" -f screen_rate.sql
WITH asked AS (
    SELECT :'at'::timestamptz AS at
),
edition AS (
    SELECT stop_ids
    FROM asked, transit_edition
    WHERE state = 'published' AND (at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN valid_from AND valid_to
    ORDER BY published_at DESC NULLS FIRST, id DESC
    LIMIT 1
),
stop AS (
    SELECT unnest(stop_ids) AS stop_id FROM edition
),
signed AS (
    SELECT DISTINCT unnest(stops) AS stop_id
    FROM asked, transit_screen
    WHERE is_active AND seen_at > at - interval '24 hours' AND seen_at <= at
)
SELECT '' AS part, count(signed.stop_id) AS numerator, count(*) AS denominator, 1 AS weight,
       round(100.0 * count(signed.stop_id) / nullif(count(*), 0), 2) AS value
FROM stop LEFT JOIN signed USING (stop_id);
