-- 重点公共区域视频监控联网率
-- 定义：联网且三十分钟内出过图的摄像机数 / 视野内有关键点位的在用摄像机数（山东省新型智慧城市建设指标；四星级线 90%）。
-- 视野：有效距离内、朝向左右各半个视角；没有朝向或视角 360 度的看四周；一米以内不论朝向。
-- 用法：psql -v at="2026-11-27 08:00+08" -f video_networked_rate.sql
WITH asked AS (
    SELECT :'at'::timestamptz AS at, 111320.0::float8 AS m_per_degree
),
offset_of AS (
    SELECT camera.id, camera.heading_deg, camera.view_deg, camera.range_m,
           (point.lon - camera.lon) * m_per_degree * cos(radians(camera.lat)) AS east_m,
           (point.lat - camera.lat) * m_per_degree AS north_m
    FROM asked, governance_camera camera, governance_keypoint point
    WHERE camera.is_in_use AND camera.lon IS NOT NULL AND camera.lat IS NOT NULL
),
seen AS (
    SELECT DISTINCT id
    FROM (
        SELECT offset_of.*, sqrt(east_m * east_m + north_m * north_m) AS distance_m,
               degrees(atan2(east_m, north_m)) - heading_deg + 180 AS turn
        FROM offset_of
    ) AS towards
    WHERE distance_m <= range_m
        AND (heading_deg IS NULL OR view_deg >= 360 OR distance_m < 1
             OR abs(turn - 360 * floor(turn / 360) - 180) <= view_deg / 2 + 1e-9)
),
camera AS (
    SELECT coalesce(source.is_registered AND camera.is_playable
                    AND camera.probed_at >= asked.at - interval '30 minutes', false) AS counts
    FROM asked, seen
    JOIN governance_camera camera ON camera.id = seen.id
    LEFT JOIN governance_videosource source ON source.device_id = camera.device_id
)
SELECT '' AS part, count(*) FILTER (WHERE counts) AS numerator, count(*) AS denominator, 1 AS weight,
       round(100.0 * count(*) FILTER (WHERE counts) / nullif(count(*), 0), 2) AS value
FROM camera;
