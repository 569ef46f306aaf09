// The page of a stop.

import { memory, say, tell } from 'bus/base';
import { draw, follow } from 'bus/board';

const place = document.querySelector('[data-board]');
const age = document.querySelector('[data-age]');
const only = document.querySelector('[data-accessible]');
let last = null;
let spoken = '';

function show(told) {
  last = told;
  draw(place, told.rows, Date.now() / 1000, place.dataset.lineUrl, only.checked);
  if (told.isTimetable) age.textContent = say('offline_timetable');
  else if (told.age < 90) age.textContent = say('fresh', { n: Math.round(told.age) });
  else age.textContent = say('stale', { n: Math.round(told.age / 60) });
  age.classList.toggle('b-mark', told.isTimetable || told.age >= 90);
  // The age changes every few seconds: only a change of what it means is worth a screen reader's breath.
  const meaning = told.isTimetable ? 'timetable' : told.age < 90 ? 'fresh' : 'stale';
  if (spoken && spoken !== meaning) tell(age.textContent);
  spoken = meaning;
}

age.setAttribute('role', 'note');
only.checked = memory.get('accessible', false);
only.addEventListener('change', () => { memory.set('accessible', only.checked); if (last) show(last); });
follow({
  stops: place.dataset.stops, url: place.dataset.url, dayUrl: place.dataset.dayUrl,
  stream: `${document.body.dataset.live}/stream/transit/arrivals`, show,
});
