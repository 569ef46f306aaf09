// The peer of bench/plan.py: minotor (npm, MIT), a RAPTOR in JavaScript, on the same feed, day and queries.
// usage: node plan_node.mjs FEED.zip YYYY-MM-DD QUERIES.json RUNS → one JSON object {arrivals: [...], seconds: [...]}
import { readFileSync } from "node:fs";
import { Query, Router, Time } from "minotor";
import { GtfsParser } from "minotor/parser";

const [feed, day, file, runs] = process.argv.slice(2);
const { most_rides: mostRides, queries } = JSON.parse(readFileSync(file));
const [year, month, date] = day.split("-").map(Number);
const { timetable, stopsIndex } = await new GtfsParser(feed).parse(new Date(year, month - 1, date, 12));
const router = new Router(timetable, stopsIndex);

function arrival([from, to, at]) {
  const query = new Query.Builder().from(from).to(to).departureTime(Time.fromSeconds(at)).maxTransfers(mostRides - 1).build();
  const result = router.route(query);
  return result.bestRoute() === undefined ? null : result.arrivalAt(to).time.toSeconds();
}

const arrivals = queries.map(arrival);
const seconds = [];
for (let run = 0; run < Number(runs); run++) {
  const began = process.hrtime.bigint();
  for (const query of queries) arrival(query);
  seconds.push(Number(process.hrtime.bigint() - began) / 1e9);
}
process.stdout.write(JSON.stringify({ arrivals, seconds }));
