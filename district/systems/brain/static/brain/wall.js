// The full screen turns its pages. Space pauses, arrows turn, Escape leaves.

import { icon, isStill, locale } from 'district/page';

const wall = document.querySelector('[data-wall]');
const pages = [...wall.querySelectorAll('.b-page')];
const texts = document.getElementById('board-texts').dataset;
const pause = wall.querySelector('[data-pause]');
const wide = matchMedia('(min-width: 768px)');
let at = 0;
let isPaused = isStill;

function turn(to) {
  at = (to + pages.length) % pages.length;
  pages.forEach((page, index) => { page.hidden = index !== at; });
  const turned = wall.querySelector('[data-turned]');
  if (turned) turned.textContent = `${at + 1} / ${pages.length}`;
}

function setPaused(value) {
  isPaused = value;
  if (!pause) return;
  pause.setAttribute('aria-pressed', String(value));
  pause.setAttribute('aria-label', value ? texts.play : texts.pause);
  pause.replaceChildren(icon(value ? 'player-play' : 'player-pause'));
}

wall.querySelector('[data-back]')?.addEventListener('click', () => turn(at - 1));
wall.querySelector('[data-on]')?.addEventListener('click', () => turn(at + 1));
pause?.addEventListener('click', () => setPaused(!isPaused));
wall.querySelector('[data-full]').addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
document.addEventListener('keydown', (event) => {
  if (event.target.closest('button, a, input, select, [data-map]')) return;
  if (event.key === 'ArrowLeft') turn(at - 1);
  else if (event.key === 'ArrowRight') turn(at + 1);
  else if (event.key === ' ') { event.preventDefault(); setPaused(!isPaused); }
  else if (event.key === 'Escape') wall.querySelector('a[href]').focus();
});

// Nobody is moved on while reading something: the turning waits as long as the focus is inside a tile.
setInterval(() => {
  const reads = document.activeElement?.closest?.('[data-tile]');
  if (!isPaused && !document.hidden && !reads && pages.length > 1 && wide.matches) turn(at + 1);
}, Math.max(5, Number(wall.dataset.turnSeconds)) * 1000);

const clock = wall.querySelector('[data-clock]');
const shown = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium', timeZone: 'Asia/Shanghai' });
const tick = () => { clock.textContent = shown.format(new Date()); };
setInterval(tick, 1000);
tick();
setPaused(isPaused);
if (pages.length) turn(0);
