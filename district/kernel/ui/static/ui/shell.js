// The frame: menus, navigation drawer, theme, tables' little buttons, and bringing components to life.

import { announce, BACKGROUND, config, t, toast } from 'district/page';
import { asked, confirmed } from 'district/dialog';
import { every, live } from 'district/live';

window.District = { live, every, announce, toast, confirmed, asked };

const root = document.documentElement;

// Menus are <details>: one open at a time, closed by Escape and by a click elsewhere.
document.addEventListener('toggle', (event) => {
  if (!event.target.matches?.('details.d-menu[open]')) return;
  for (const other of document.querySelectorAll('details.d-menu[open]')) if (other !== event.target) other.open = false;
}, true);
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.d-menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    const menu = document.querySelector('details.d-menu[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); return; }
    drawer(false);
  }
  if (event.key === '/' && !event.target.closest('input, textarea, select, [contenteditable]')) {
    event.preventDefault();
    document.querySelector('.d-search input')?.focus();
  }
});

// The navigation is a drawer on a phone.
const side = document.getElementById('navigation');
const burger = document.querySelector('[data-drawer]');
const narrow = matchMedia('(max-width: 991.98px)');

function drawer(open) {
  if (!side || !burger) return;
  const was = side.classList.contains('is-open');
  side.classList.toggle('is-open', open);
  burger.setAttribute('aria-expanded', String(open));
  side.inert = narrow.matches && !open;
  if (open) side.querySelector('a, summary')?.focus();
  else if (was) burger.focus();
}
burger?.addEventListener('click', () => drawer(!side.classList.contains('is-open')));
document.querySelector('[data-drawer-close]')?.addEventListener('click', () => drawer(false));
narrow.addEventListener('change', () => drawer(false));
drawer(false);

// Theme and language are remembered in cookies; the form works without this, only slower.
document.querySelector('[data-theme-form]')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const theme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  event.target.querySelector('input[name=theme]').value = theme === 'dark' ? 'light' : 'dark';
  setTheme(theme);
});

// Tables.
function enliven(within) {
  const all = (selector) => [...(within.matches?.(selector) ? [within] : []), ...within.querySelectorAll(selector)];
  for (const form of all('details.d-filters')) if (matchMedia('(max-width: 767.98px)').matches && !('active' in form.dataset)) form.open = false;
  for (const table of all('.table-responsive > table')) stack(table);
  for (const table of all('[data-live-reload]')) reloadLive(table);
  for (const element of all('[data-poll-url]')) pollFragment(element);
  if (all('[data-chart]').length) import('district/chart').then((module) => all('[data-chart]').forEach(module.start)).catch(failed);
  if (all('[data-map]').length) import('district/map').then((module) => all('[data-map]').forEach(module.start)).catch(failed);
  // After htmx has put the focus back where it was.
  for (const alert of all('[data-focus]')) setTimeout(() => alert.focus(), 60);
}

// On a phone the rows of a plain table become cards, as those of the table component do: a value under its column's name.
function stack(table) {
  if (table.closest('.d-data, .d-matrix') || table.classList.contains('d-stacked')) return;
  const titles = [...table.querySelectorAll('thead th')].map((head) => head.textContent.trim());
  if (titles.length < 3) return;
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
    if (row.cells.length === titles.length) [...row.cells].forEach((cell, index) => { cell.dataset.label ||= titles[index]; });
  }
  table.classList.add('d-stacked');
}

function failed(error) {
  console.error(error);
  toast(t('页面的一部分没有加载成功，请刷新'), 'danger');
}

function reloadLive(table) {
  let due = 0;
  const reload = () => {
    due = 0;
    if (!table.isConnected) { stop(); return; }
    if (table.contains(document.activeElement) && document.activeElement.matches('input, select')) return;
    window.htmx.ajax('GET', table.dataset.url, { target: table, swap: 'outerHTML', headers: BACKGROUND });
  };
  const soon = () => { if (!due) due = setTimeout(reload, 4000); };
  const stop = live(table.dataset.liveReload, soon, { poll: reload, seconds: Number(table.dataset.pollSeconds) || 60 });
}

// <div data-poll-url="…/_latest" data-topic="environment.latest" data-poll-seconds="30">: a fragment that keeps itself fresh.
function pollFragment(element) {
  if (element.dataset.polling) return;
  element.dataset.polling = '1';
  let due = 0;
  const reload = () => {
    due = 0;
    if (!element.isConnected) { stop(); return; }
    window.htmx.ajax('GET', element.dataset.pollUrl, { target: element, swap: 'innerHTML', headers: BACKGROUND });
  };
  const seconds = Number(element.dataset.pollSeconds) || 60;
  const stop = element.dataset.topic
    ? live(element.dataset.topic, () => { if (!due) due = setTimeout(reload, 1000); }, { poll: reload, seconds })
    : every(seconds, reload);
}

function post(url, fields) {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: url, hidden: true });
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: config.csrf, ...fields })) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  document.body.append(form);
  form.submit();
}

document.addEventListener('click', async (event) => {
  const save = event.target.closest('[data-save-view]');
  if (save) {
    const title = await asked(t('视图的名称'));
    if (title) post(save.dataset.saveView, { title, table: save.dataset.tableName, path: location.pathname, query: location.search.slice(1) });
    return;
  }
  const button = event.target.closest('[data-post]');
  if (button && (!button.dataset.confirm || await confirmed(button.dataset.confirm))) post(button.dataset.post, { next: location.pathname + location.search });
  if (event.target.closest('[data-print]')) window.print();
  if (event.target.closest('[data-reload]')) location.reload();
});

// The bell counts along. Dark paper wastes ink: printing is always light.
const bell = document.querySelector('[data-bell]');
if (bell) live(bell.dataset.bell, () => {
  const count = bell.querySelector('[data-bell-count]');
  count.textContent = String((Number.parseInt(count.textContent, 10) || 0) + 1);
  count.hidden = false;
  announce(t('有新的通知'));
});
let screenTheme = '';
window.addEventListener('beforeprint', () => { screenTheme = root.dataset.bsTheme; if (screenTheme === 'dark') setTheme('light'); });
window.addEventListener('afterprint', () => { if (screenTheme === 'dark') setTheme('dark'); });

function setTheme(theme) {
  root.dataset.bsTheme = theme;
  document.dispatchEvent(new CustomEvent('district:theme'));
}

document.addEventListener('htmx:load', (event) => { if (event.detail.elt !== document.body) enliven(event.detail.elt); });
document.addEventListener('htmx:afterSwap', (event) => {
  const swapped = document.getElementById(event.detail.target.id);
  if (swapped?.dataset.announce) announce(swapped.dataset.announce);
});
document.addEventListener('htmx:responseError', () => toast(t('加载失败，请重试'), 'danger'));
document.addEventListener('htmx:sendError', () => toast(t('网络不通，请检查后重试'), 'danger'));

enliven(document.body);
root.dataset.ready = '1';
