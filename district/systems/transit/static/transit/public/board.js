// The arrivals of stops: drawn from data, live while there is a line, with its age and its timetable when there is none.

import { clock, dayOfChina, element, fetchKept, memory, paint, say, showOffline, words } from 'bus/base';

const MOST_OF_A_LINE = 3;
const SOON_S = 45;
const POLL_S = 20;
const STALE_S = 90;
const KEPT_BOARDS = 30;

/** Whether a row is counted down: not what is only planned, cancelled, or will hardly come. */
export function isLive(row) {
  return !row.cancelled && !row.skipped && !['timetable_only', 'unlikely'].includes(row.mark) && row.state !== 'unlikely';
}

/** Why a row is not like others, in words. */
export function notesOf(row) {
  if (row.cancelled) return [words.states.cancelled];
  const reasons = (row.reasons || []).map((key) => (words.reasons || {})[key]);
  const notes = [words.states[row.state], words.marks[row.mark], ...reasons].filter(Boolean);
  if (row.skipped) notes.unshift(say('skipped'));
  return [...new Set(notes)];
}

/** What is said of the time of a row. `now`: Unix seconds. */
export function whenOf(row, now) {
  if (!isLive(row)) return clock(row.planned);
  const ahead = row.expected - now;
  return ahead < SOON_S ? say('soon') : say('minutes', { n: Math.max(1, Math.floor(ahead / 60)) });
}

/** Rows by line, direction and stop, the soonest first; those that have gone are left out. */
export function grouped(rows, now) {
  const groups = new Map();
  for (const row of rows) {
    if (row.expected < now - 30) continue;
    const key = `${row.line}|${row.direction}|${row.stop}`;
    if (!groups.has(key)) groups.set(key, []);
    if (groups.get(key).length < MOST_OF_A_LINE) groups.get(key).push(row);
  }
  return [...groups.values()];
}

function crowd(percent) {
  return words.crowds.find(([most]) => percent < most)?.[1] || '';
}

function drawn(row, now) {
  const line = element('div', `b-next${isLive(row) ? ' b-live' : ''}${row.cancelled || row.skipped ? ' b-cancelled' : ''}`);
  line.append(element('span', 'b-when', whenOf(row, now)));
  notesOf(row).forEach((note) => line.append(' ', element('span', 'b-mark', note)));
  const more = [];
  if (isLive(row)) {
    if (row.earliest !== null && row.expected - now >= 120) {
      const a = Math.max(0, Math.floor((row.earliest - now) / 60));
      const b = Math.ceil((row.latest - now) / 60);
      if (b > a) more.push(say('between', { a, b }));
    }
    if (row.stops_away !== null) more.push(row.stops_away === 0 ? say('one_stop') : say('stops_away', { n: row.stops_away + 1 }));
    if (Math.abs(row.delay_s) >= 120) more.push(say(row.delay_s > 0 ? 'late' : 'early', { n: Math.round(Math.abs(row.delay_s) / 60) }));
    if (row.occupancy !== null) more.push(crowd(row.occupancy));
  }
  if (row.accessible) more.push(say('accessible'));
  more.filter(Boolean).forEach((text) => line.append(' ', element('span', 'b-soft b-small', text)));
  if (row.last) line.append(' ', element('span', 'b-mark b-small', say('last')));
  return line;
}

/** Cards of all groups, as `_group.html` makes them on the server. */
export function draw(place, rows, now, lineUrl, onlyAccessible) {
  const cards = grouped(onlyAccessible ? rows.filter((row) => row.accessible) : rows, now).map((group) => {
    const card = element('article', 'b-card');
    const head = element('h3', 'b-head');
    const badge = element('a', 'b-line', group[0].name);
    badge.href = `${lineUrl.replace('LINE', encodeURIComponent(group[0].line))}?direction=${encodeURIComponent(group[0].direction)}`;
    paint(badge, group[0].colour);
    head.append(badge, ' ', element('span', '', say('towards', { name: group[0].headsign })));
    card.append(head, ...group.map((row) => drawn(row, now)));
    return card;
  });
  if (!cards.length) cards.push(element('p', 'b-card', say('none')));
  place.replaceChildren(...cards);
}

/** Rows of a kept timetable as rows of a board: with the mark, and no countdown. */
export function rowsOfTimetable(departures, now, horizon = 5400) {
  return departures.filter((row) => row.planned > now - 30 && row.planned < now + horizon).map((row) => ({
    ...row, expected: row.planned, mark: 'timetable_only', state: 'expected', earliest: null, latest: null, delay_s: 0, stops_away: null, occupancy: null,
  }));
}

/**
 * Keeps a board fresh: the stream of the live door, else asking every POLL_S seconds; what was last received, then the
 * day's timetable, when there is no line. `show({ rows, alerts, age, isTimetable })` is called whenever it may look different.
 */
export function follow({ stops, url, dayUrl, stream, show }) {
  const key = `board.${stops}`;
  const day = () => `day.${stops}.${dayOfChina()}`;
  let board = memory.get(key)?.data || null;
  let lastAt = board ? memory.get(key).at : 0;
  let source = null;
  let isStreaming = false;
  let failures = 0;

  function take(data) {
    board = data;
    lastAt = Date.now();
    memory.set(key, { at: lastAt, data });
    render();
  }

  function render() {
    const now = Date.now() / 1000;
    const age = (Date.now() - lastAt) / 1000;
    const coming = board ? board.arrivals.filter((row) => row.expected > now - 30) : [];
    const kept = memory.get(day());
    // What was foretold long ago tells less than the timetable does.
    if ((!board || age > 600 || !coming.length) && kept && age > STALE_S) {
      show({ rows: rowsOfTimetable(kept.data.departures, now), alerts: board?.alerts || [], age, isTimetable: true });
    } else if (board) {
      show({ rows: coming, alerts: board.alerts, age, isTimetable: false });
    }
  }

  async function poll() {
    if (document.hidden && !document.body.dataset.kiosk) return;
    try {
      const { data, isKept } = await fetchKept(`${url}?stops=${encodeURIComponent(stops)}`);
      if (!isKept) take(data);
    } catch {
      render();
    }
  }

  function connect() {
    if (!stream || source) return;
    source = new EventSource(`${stream}?stops=${encodeURIComponent(stops)}`);
    source.addEventListener('message', (event) => { isStreaming = true; failures = 0; showOffline(false); take(JSON.parse(event.data)); });
    source.addEventListener('error', () => {
      isStreaming = false;
      failures += 1;
      if (source.readyState === EventSource.CLOSED || failures > 5) {
        source.close();
        source = null;
        setTimeout(connect, Math.min(300, 10 * 2 ** Math.min(failures, 5)) * 1000 * (0.75 + Math.random() / 2));
      }
    });
  }

  async function keepDay() {
    if (!dayUrl || memory.get(day())) return;
    memory.keys(`day.${stops}.`).forEach((each) => memory.remove(each));
    try { await fetchKept(`${dayUrl}?stops=${encodeURIComponent(stops)}&day=${dayOfChina()}`, day()); } catch { /* asked again later */ }
  }

  tidy(key);
  connect();
  poll();
  keepDay();
  setInterval(render, 5000);
  setInterval(() => { if (!isStreaming || Date.now() - lastAt > 60_000) poll(); }, POLL_S * 1000 * (0.9 + Math.random() / 5));
  setInterval(keepDay, 600_000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { render(); poll(); } });
  return { poll };
}

// Boards of stops nobody has looked at for long make room.
function tidy(own) {
  const boards = memory.keys('board.').filter((key) => key !== own).map((key) => [key, memory.get(key)?.at || 0]);
  boards.sort((a, b) => b[1] - a[1]).slice(KEPT_BOARDS).forEach(([key]) => {
    memory.remove(key);
    memory.keys(`day.${key.slice(6)}.`).forEach((each) => memory.remove(each));
  });
}
