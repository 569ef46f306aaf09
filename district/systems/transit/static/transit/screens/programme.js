// Which pieces a screen plays at a time: the same as `screens/playing.py`, by the clock of the device, in China.

const minutesOf = (text) => (text ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null);

/** A moment in China: { day: 'YYYY-MM-DD', minutes, weekday: 0 Monday … 6 Sunday }. */
export function inChina(at) {
  const day = new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  const [hours, minutes] = new Date(at).toLocaleTimeString('sv-SE', { timeZone: 'Asia/Shanghai' }).split(':').map(Number);
  return { day, minutes: hours * 60 + minutes, weekday: weekdayOf(day) };
}

const weekdayOf = (day) => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
const dayBefore = (day) => new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function isDay(playlist, day) {
  if ((playlist.begin_on && day < playlist.begin_on) || (playlist.end_on && day > playlist.end_on)) return false;
  return !playlist.weekdays.length || playlist.weekdays.includes(weekdayOf(day));
}

export function holds(playlist, at) {
  const { day, minutes } = inChina(at);
  const begin = minutesOf(playlist.from) ?? 0;
  const end = minutesOf(playlist.to);
  if (end !== null && end <= begin) {
    return minutes >= begin ? isDay(playlist, day) : minutes < end && isDay(playlist, dayBefore(day));
  }
  return isDay(playlist, day) && begin <= minutes && (end === null || minutes < end);
}

const inTime = (bulletin, at) => bulletin.from <= at / 1000 && (bulletin.until === null || bulletin.until > at / 1000);

/** What is played now, in order: pieces with what they need to be drawn. Kinds without anything to show are left out. */
export function piecesAt(programme, at) {
  const holding = programme.playlists.filter((each) => each.items.length && holds(each, at));
  const highest = Math.max(...holding.map((each) => each.priority), 0);
  const pieces = holding.filter((each) => each.priority === highest).flatMap((each) => each.items);
  return pieces.flatMap((item) => filled(item, programme, at));
}

function filled(item, programme, at) {
  if (item.bulletin) return inTime(item.bulletin, at) ? [item] : [];
  const lists = { notice: programme.notices, news: programme.news, municipal: programme.municipal };
  if (lists[item.kind]) {
    const shown = lists[item.kind].filter((each) => inTime(each, at));
    return shown.length ? [{ ...item, bulletins: shown }] : [];
  }
  if (item.kind === 'shops') return programme.shops.length ? [{ ...item, shops: programme.shops }] : [];
  if (item.kind === 'weather') return programme.weather?.days.length ? [{ ...item, weather: programme.weather }] : [];
  return [item];
}

/** Addresses of all media of a programme, whenever they are played. */
export function mediaOf(programme) {
  const bulletins = [...programme.notices, ...programme.news, ...programme.municipal];
  const items = programme.playlists.flatMap((each) => each.items);
  return [...new Set([...items.map((each) => each.media), ...items.map((each) => each.bulletin?.media), ...bulletins.map((each) => each.media)].filter(Boolean))];
}
