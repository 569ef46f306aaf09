-- 环境质量自动化监测率（加权平均）, environment.P
-- 定义：0.4 × 环境空气 + 0.4 × 地表水 + 0.2 × 声环境；各要素为自动监测覆盖的部分占全部（山东省新型智慧城市建设指标）。
-- 覆盖：空气为代表半径内的区域（圆以内接正 256 边形计），地表水为代表河段，声环境为功能区；24 小时内有上报的点位计入。
-- 面积逐条带求和：条带在每个顶点的纬度处分开，多边形内精确；每一处只计一次（区间求并）。
-- 用法：psql -v at="2026-11-27 08:00+08" -f automation_rate.sql
WITH asked AS (
    SELECT :'at'::timestamptz AS at, 111.195::float8 AS km_per_degree
),
point AS (
    SELECT p.code, p.element, p.lon, p.lat, coalesce(p.coverage_radius_km, 3.0) AS radius_km, p.covers,
           coalesce(d.last_seen_at >= asked.at - interval '24 hours', false) AS counts
    FROM asked, environment_monitoringpoint p
    LEFT JOIN devices_device d ON d.id = p.device_id
    WHERE p.is_in_use
),
own_outline AS (
    SELECT code, polygon FROM places_division WHERE level = 'district' AND polygon IS NOT NULL ORDER BY code LIMIT 1
),
-- 区界；没有区界时以各镇街的并集代替
shape AS (
    SELECT 'air' AS element, code, true AS counts, polygon AS geometry FROM own_outline
    UNION ALL
    SELECT 'air', code, true, polygon FROM places_division
    WHERE level = 'town' AND polygon IS NOT NULL AND NOT EXISTS (SELECT 1 FROM own_outline)
    UNION ALL
    SELECT 'noise', code, counts, covers FROM point WHERE element = 'noise' AND covers ? 'coordinates'
),
part AS (
    SELECT element, code, counts, 0::bigint AS part_no, geometry -> 'coordinates' AS rings FROM shape
    WHERE geometry ->> 'type' = 'Polygon'
    UNION ALL
    SELECT element, code, counts, each.n, each.rings
    FROM shape, jsonb_array_elements(geometry -> 'coordinates') WITH ORDINALITY AS each (rings, n)
    WHERE geometry ->> 'type' = 'MultiPolygon'
),
corner AS MATERIALIZED (
    SELECT part.element, part.code, part.counts, part.part_no, ring.n AS ring_no, corner.n,
           (corner.place ->> 0)::float8 AS lon, (corner.place ->> 1)::float8 AS lat
    FROM part, jsonb_array_elements(part.rings) WITH ORDINALITY AS ring (places, n),
         jsonb_array_elements(ring.places) WITH ORDINALITY AS corner (place, n)
),
edge AS MATERIALIZED (
    SELECT element, code, counts, lon AS lon_1, lat AS lat_1, lon_2, lat_2
    FROM (
        SELECT corner.*, lead(lon) OVER ring AS lon_2, lead(lat) OVER ring AS lat_2
        FROM corner WINDOW ring AS (PARTITION BY element, code, part_no, ring_no ORDER BY n)
    ) AS following
    WHERE lat_2 <> lat
),
extent AS (
    SELECT element, min(lat) AS south, max(lat) AS north, (min(lat) + max(lat)) / 2 AS lat_0,
           cos(radians((min(lat) + max(lat)) / 2)) AS narrowing
    FROM corner GROUP BY element
),
border AS (
    SELECT element, lat FROM corner
    UNION
    SELECT element, south + (north - south) * n / 1000.0 FROM extent, generate_series(0, 1000) AS n
),
strip AS MATERIALIZED (
    SELECT element, (low + high) / 2 AS lat, high - low AS height
    FROM (SELECT element, lat AS low, lead(lat) OVER (PARTITION BY element ORDER BY lat) AS high FROM border) AS between_borders
    WHERE high > low
),
-- 条带中线与每个图形各边的交点，自西向东两两成段
crossing AS (
    SELECT strip.element, strip.lat, strip.height, edge.code, edge.counts,
           lon_1 + (strip.lat - lat_1) / (lat_2 - lat_1) * (lon_2 - lon_1) AS lon
    FROM strip JOIN edge ON edge.element = strip.element
        AND strip.lat > least(lat_1, lat_2) AND strip.lat < greatest(lat_1, lat_2)
),
section AS (
    SELECT element, lat, height, counts, numrange(lon::numeric, east::numeric) AS span
    FROM (
        SELECT crossing.*, lead(lon) OVER line AS east, row_number() OVER line AS n
        FROM crossing WINDOW line AS (PARTITION BY element, lat, code ORDER BY lon)
    ) AS paired
    WHERE n % 2 = 1 AND east > lon
),
-- 各站代表范围在条带中线上的弦
side AS (SELECT 2 * pi() / 256 AS angle),
offset_of AS (
    SELECT strip.lat, point.lon, radius_km, abs(strip.lat - point.lat) * km_per_degree AS up_km, km_per_degree * narrowing AS km_per_lon
    FROM asked, strip JOIN extent USING (element), point
    WHERE strip.element = 'air' AND point.element = 'air' AND point.counts
        AND abs(strip.lat - point.lat) * km_per_degree < radius_km
),
chord AS (
    SELECT lat, lon, km_per_lon, radius_km, up_km, angle, least(63, floor(asin(least(1, up_km / radius_km)) / angle)) AS k
    FROM offset_of, side
),
reach AS (
    SELECT lat, numrange((lon - half_km / km_per_lon)::numeric, (lon + half_km / km_per_lon)::numeric) AS span
    FROM (
        SELECT lat, lon, km_per_lon,
               radius_km * (cos(k * angle) + (cos((k + 1) * angle) - cos(k * angle))
                   * (up_km / radius_km - sin(k * angle)) / (sin((k + 1) * angle) - sin(k * angle))) AS half_km
        FROM chord
    ) AS halves
    WHERE half_km > 0
),
reached AS (SELECT lat, range_agg(span) AS spans FROM reach GROUP BY lat),
line AS (
    SELECT element, lat, height, range_agg(span) AS whole, range_agg(span) FILTER (WHERE counts) AS counting
    FROM section GROUP BY element, lat, height
),
covered AS (
    SELECT line.element, line.lat, line.height, line.whole,
           CASE line.element WHEN 'air' THEN line.whole * reached.spans ELSE line.counting END AS covered
    FROM line LEFT JOIN reached ON line.element = 'air' AND reached.lat = line.lat
),
area AS (
    SELECT element,
           sum(height * coalesce((SELECT sum(upper(r) - lower(r))::float8 FROM unnest(covered) AS r), 0))
               * max(km_per_degree * km_per_degree * narrowing) AS covered,
           sum(height * (SELECT sum(upper(r) - lower(r))::float8 FROM unnest(whole) AS r))
               * max(km_per_degree * km_per_degree * narrowing) AS whole
    FROM asked, covered JOIN extent USING (element) GROUP BY element
),
-- 河段：同一直线上重叠的部分只计一次
reach_line AS (
    SELECT code, counts, 0::bigint AS part_no, covers -> 'coordinates' AS places FROM point
    WHERE element = 'surface_water' AND covers ->> 'type' = 'LineString'
    UNION ALL
    SELECT code, counts, each.n, each.places
    FROM point, jsonb_array_elements(covers -> 'coordinates') WITH ORDINALITY AS each (places, n)
    WHERE element = 'surface_water' AND covers ->> 'type' = 'MultiLineString'
),
bend AS MATERIALIZED (
    SELECT code, counts, part_no, bend.n, (bend.place ->> 0)::float8 AS lon, (bend.place ->> 1)::float8 AS lat
    FROM reach_line, jsonb_array_elements(places) WITH ORDINALITY AS bend (place, n)
),
water_extent AS (SELECT cos(radians((min(lat) + max(lat)) / 2)) AS narrowing FROM bend),
segment AS (
    SELECT counts, lon AS lon_1, lat AS lat_1, lon_2, lat_2, abs(lon_2 - lon) >= abs(lat_2 - lat) AS is_flat
    FROM (
        SELECT bend.*, lead(lon) OVER way AS lon_2, lead(lat) OVER way AS lat_2
        FROM bend WINDOW way AS (PARTITION BY code, part_no ORDER BY n)
    ) AS following
    WHERE lon_2 IS NOT NULL AND (lon_2 <> lon OR lat_2 <> lat)
),
straight AS (
    SELECT counts, is_flat, CASE WHEN is_flat THEN lon_1 ELSE lat_1 END AS u_1, CASE WHEN is_flat THEN lon_2 ELSE lat_2 END AS u_2,
           CASE WHEN is_flat THEN lat_1 ELSE lon_1 END AS v_1,
           CASE WHEN is_flat THEN (lat_2 - lat_1) / (lon_2 - lon_1) ELSE (lon_2 - lon_1) / (lat_2 - lat_1) END AS slope
    FROM segment
),
on_line AS (
    SELECT is_flat, round(slope::numeric, 9) AS slope_key, round((v_1 - slope * u_1)::numeric, 9) AS height_key,
           min(slope) AS slope,
           range_agg(numrange(least(u_1, u_2)::numeric, greatest(u_1, u_2)::numeric)) AS whole,
           range_agg(numrange(least(u_1, u_2)::numeric, greatest(u_1, u_2)::numeric)) FILTER (WHERE counts) AS covered
    FROM straight GROUP BY 1, 2, 3
),
river AS (
    SELECT sum(km_per_unit * coalesce((SELECT sum(upper(r) - lower(r))::float8 FROM unnest(covered) AS r), 0)) AS covered,
           sum(km_per_unit * (SELECT sum(upper(r) - lower(r))::float8 FROM unnest(whole) AS r)) AS whole
    FROM (
        SELECT on_line.*, km_per_degree * CASE WHEN is_flat THEN sqrt(narrowing * narrowing + slope * slope)
                   ELSE sqrt(1 + narrowing * narrowing * slope * slope) END AS km_per_unit
        FROM asked, on_line, water_extent
    ) AS measured
),
told AS (
    SELECT 1 AS place, 'air' AS part, covered AS numerator, whole AS denominator, 0.4::float8 AS weight FROM area WHERE element = 'air'
    UNION ALL
    SELECT 2, 'water', covered, whole, 0.4 FROM river WHERE whole IS NOT NULL
    UNION ALL
    SELECT 3, 'noise', covered, whole, 0.2 FROM area WHERE element = 'noise'
)
SELECT part, numerator, denominator, weight, round((100 * numerator / nullif(denominator, 0))::numeric, 2) AS value
FROM (
    SELECT place, part, numerator, denominator, weight FROM told
) AS parts
UNION ALL
-- 三个要素都可计算，才有加权值
SELECT '', NULL, NULL, 1, CASE WHEN count(*) FILTER (WHERE denominator > 0) = 3
    THEN round(sum(100 * weight * numerator / nullif(denominator, 0))::numeric, 2) END
FROM told;
