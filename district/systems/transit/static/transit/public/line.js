// Where the buses of a line are, every fifteen seconds.

import { element, fetchKept, say, words } from 'bus/base';

const SECONDS = 15;
const way = document.querySelector('[data-way]');
const age = document.querySelector('[data-age]');
const none = document.querySelector('[data-no-bus]');

function show({ data, age: seconds }) {
  const now = Date.now() / 1000;
  for (const place of way.querySelectorAll('[data-buses]')) place.replaceChildren();
  const own = data.buses.filter((bus) => bus.direction === way.dataset.direction);
  for (const bus of own) {
    const place = [...way.children].find((row) => row.dataset.stop === bus.next)?.querySelector('[data-buses]');
    const old = Math.floor(Math.max(0, now - (bus.seen || now)) / 60);
    const notes = [...new Set([words.states[bus.state], words.marks[bus.mark], old >= 2 && say('seen', { n: old })].filter(Boolean))];
    place?.append(element('span', `b-bus${notes.length ? ' b-bus-odd' : ''}`, [bus.bus, ...notes.slice(0, 2), bus.accessible && say('accessible')].filter(Boolean).join(' · ')));
  }
  if (none) none.hidden = own.length > 0;
  age.textContent = seconds < 90 ? say('fresh', { n: Math.round(seconds) }) : say('stale', { n: Math.round(seconds / 60) });
  age.classList.toggle('b-mark', seconds >= 90);
}

async function poll() {
  if (document.hidden) return;
  try { show(await fetchKept(way.dataset.url, `line.${way.dataset.line}`)); } catch { /* the page says already that there is no line */ }
}

age.setAttribute('role', 'note');
poll();
setInterval(poll, SECONDS * 1000 * (0.9 + Math.random() / 5));
document.addEventListener('visibilitychange', poll);
