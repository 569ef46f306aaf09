// The places of the network on this device: searched and measured here, so that nobody is told where anybody is.

import { fetchKept } from 'bus/base';

let asked = null;

/** All places, kept for when there is no line. */
export function places() {
  asked ??= fetchKept(document.body.dataset.stops, 'places').then(({ data }) => data.places).catch((error) => { asked = null; throw error; });
  return asked;
}

/** Metres between two points in degrees; right to a thousandth within a district. */
export function metres([lat, lon], [otherLat, otherLon]) {
  const narrow = Math.cos(((lat + otherLat) / 2) * (Math.PI / 180));
  return Math.hypot(lat - otherLat, (lon - otherLon) * narrow) * 111_195;
}

/** The nearest places: [{ place, metres }], within `most` metres. */
export function nearest(all, here, most = 2000, count = 12) {
  return all.map((place) => ({ place, metres: Math.min(...place.at.map((at) => metres(here, at))) }))
    .filter((each) => each.metres <= most).sort((a, b) => a.metres - b.metres).slice(0, count);
}

/** Places by name, number or first letters, as the server finds them. */
export function found(all, text, count = 20) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const rank = (place) => {
    const name = place.name.toLowerCase();
    if (name === wanted || place.codes.some((code) => code.toLowerCase() === wanted)) return 0;
    if (name.startsWith(wanted) || place.initials.startsWith(wanted)) return 1;
    return name.includes(wanted) ? 2 : 9;
  };
  return all.map((place) => ({ place, rank: rank(place) })).filter((each) => each.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.place.name.localeCompare(b.place.name, 'zh')).slice(0, count).map((each) => each.place);
}
