// The start: search while typing, favourites with their next buses, near stops.

import { element, favourites, memory, say } from 'bus/base';
import { found, nearest, places } from 'bus/stops';

const scope = document.body.dataset.scope;
const stopUrl = (id, all = true) => `${scope}stops/${encodeURIComponent(id)}/${all ? '?all=1' : ''}`;
const distance = (metres) => (metres < 950 ? say('metres', { n: Math.round(metres / 10) * 10 }) : say('kilometres', { n: (metres / 1000).toFixed(1) }));

function row(name, address, under, far = '') {
  const item = element('li');
  const link = element('a');
  link.href = address;
  if (far) link.append(element('span', 'b-far', far));
  link.append(element('b', '', name), element('small', '', under));
  item.append(link);
  return item;
}

// Search
const form = document.querySelector('[data-find]');
const input = form.querySelector('input');
const results = document.querySelector('[data-found]');
input.addEventListener('input', async () => {
  const text = input.value;
  if (!text.trim()) { results.replaceChildren(); return; }
  try {
    const rows = found(await places(), text).map((place) => row(place.name, stopUrl(place.id), place.lines.join('、')));
    const lines = [...document.querySelectorAll('main > .b-list:last-of-type li')].filter((item) => item.textContent.toLowerCase().includes(text.trim().toLowerCase())).map((item) => item.cloneNode(true));
    const list = element('ul', 'b-list');
    list.append(...lines, ...rows);
    if (input.value === text) results.replaceChildren(lines.length + rows.length ? list : element('p', 'b-soft', say('nothing_found')));
  } catch { /* the form still sends it to the server */ }
});

// Favourites
const own = document.querySelector('[data-favourites]');
const kept = favourites();
own.hidden = false;
own.querySelector('[data-none]').hidden = kept.length > 0;
own.querySelector('ul').append(...kept.map((each) => row(each.name, each.kind === 'line' ? `${scope}lines/${encodeURIComponent(each.id)}/` : stopUrl(each.id, each.all), '')));

// Near stops: only when asked, and only on this device.
const near = document.querySelector('[data-near]');
const state = near.querySelector('[data-near-state]');
const only = near.querySelector('[data-accessible]');
let here = null;
only.checked = memory.get('accessible', false);
near.hidden = !navigator.geolocation;

async function showNear() {
  if (!here) return;
  const all = await places();
  const rows = nearest(only.checked ? all.filter((place) => place.accessible) : all, here);
  near.querySelector('ul').replaceChildren(...rows.map((each) => row(each.place.name, stopUrl(each.place.id), each.place.lines.join('、'), distance(each.metres))));
  state.textContent = rows.length ? '' : say('no_place', { n: 2 });
}

near.querySelector('[data-locate]').addEventListener('click', () => {
  state.textContent = say('locating');
  navigator.geolocation.getCurrentPosition(
    (at) => { here = [at.coords.latitude, at.coords.longitude]; showNear().catch(() => { state.textContent = say('offline'); }); },
    () => { state.textContent = say('denied'); },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
});
only.addEventListener('change', () => { memory.set('accessible', only.checked); showNear(); });
places().catch(() => {});
