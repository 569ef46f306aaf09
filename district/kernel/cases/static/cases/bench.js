// The work bench by keyboard: j and k move, x selects, Enter opens. Works on the table as it is now.

const rows = () => [...document.querySelectorAll('#table-tasks tbody tr')].filter((row) => row.querySelector('[data-tick]'));
const ticks = () => [...document.querySelectorAll('#table-tasks [data-tick]')];
let current = -1;

function show() {
  rows().forEach((row, index) => row.classList.toggle('is-current', index === current));
  const row = rows()[current];
  row?.scrollIntoView({ block: 'nearest' });
  row?.querySelector('[data-tick]').focus({ preventScroll: true });
}

function count() {
  document.querySelector('[data-ticked]').textContent = ticks().filter((tick) => tick.checked).length;
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('select, textarea, input:not([data-tick]), [contenteditable]')) return;
  const last = rows().length - 1;
  if (event.key === 'j') current = Math.min(last, current + 1);
  else if (event.key === 'k') current = Math.max(0, current - 1);
  else if (event.key === 'x' && current >= 0) {
    const tick = rows()[current]?.querySelector('[data-tick]');
    if (tick) { tick.checked = !tick.checked; count(); }
  } else if (event.key === 'Enter' && current >= 0 && !event.target.closest('a, button, summary')) {
    rows()[current]?.querySelector('[data-open]').click();
  } else return;
  event.preventDefault();
  show();
});

document.addEventListener('change', (event) => { if (event.target.matches('[data-tick]')) count(); });
document.addEventListener('htmx:afterSwap', () => { current = -1; count(); });
document.querySelector('[data-tick-all]').addEventListener('click', () => {
  const all = ticks();
  const value = all.some((tick) => !tick.checked);
  for (const tick of all) tick.checked = value;
  count();
});
count();
