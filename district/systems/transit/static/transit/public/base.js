// What every page for passengers shares: texts, memory of the device, size of type, language, favourites, the worker.

export const words = JSON.parse(document.getElementById('bus-words').textContent);
const { body, documentElement: root } = document;

/** A text with its numbers: say('minutes', { n: 3 }). */
export function say(key, given = {}) {
  return String(words[key]).replace(/\{(\w+)\}/g, (whole, name) => given[name] ?? whole);
}

/** Says something aloud to a screen reader, and shows it for a moment. */
export function tell(text) {
  const place = document.querySelector('[data-said]');
  place.textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ''; }, 4000);
}

// The device's own memory; one that refuses to keep anything is no reason to stop.
export const memory = {
  get(key, otherwise = null) {
    try { return JSON.parse(localStorage.getItem(`bus.${key}`)) ?? otherwise; } catch { return otherwise; }
  },
  set(key, value) {
    try { localStorage.setItem(`bus.${key}`, JSON.stringify(value)); return true; } catch { return false; }
  },
  remove(key) { try { localStorage.removeItem(`bus.${key}`); } catch { /* nothing was kept */ } },
  keys(prefix) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(`bus.${prefix}`)).map((key) => key.slice(4)); } catch { return []; }
  },
};

/** JSON of an address; with what was kept of it under `key` and its age in seconds when there is no line. */
export async function fetchKept(address, key, { patience = 8000 } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(address, { headers: { Accept: 'application/json' }, signal: stop.signal, credentials: 'omit' });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const data = await answer.json();
    if (key) memory.set(key, { at: Date.now(), data });
    showOffline(false);
    return { data, age: 0, isKept: false };
  } catch (error) {
    const kept = key && memory.get(key);
    showOffline(true);
    if (kept) return { data: kept.data, age: (Date.now() - kept.at) / 1000, isKept: true };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

export function showOffline(isOff) {
  const note = document.querySelector('[data-offline]');
  if (note) note.hidden = !isOff;
}

export function element(name, className = '', text = '') {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}

// The colour of a line is data: no style attribute may come with the page, a property set by script may. Text on it is
// black or white, whichever can be read.
export function paint(badge, colour) {
  if (!/^[0-9a-fA-F]{6}$/.test(colour || '')) return;
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  badge.style.background = `#${colour}`;
  badge.style.color = light > 0.179 ? '#000' : '#fff';
}

export const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });

/** Today in China, YYYY-MM-DD. */
export const dayOfChina = (at = Date.now()) => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

// Favourites: [{ kind, id, name, all }], on this device alone.
export const favourites = () => memory.get('favourites', []);

function favour(button) {
  const { favour: kind, id, name, all } = button.dataset;
  const show = () => {
    const isIn = favourites().some((each) => each.kind === kind && each.id === id);
    button.setAttribute('aria-pressed', isIn);
    button.textContent = say(isIn ? 'favoured' : 'favourite');
  };
  button.addEventListener('click', () => {
    const others = favourites().filter((each) => each.kind !== kind || each.id !== id);
    memory.set('favourites', others.length === favourites().length ? [...others, { kind, id, name, all: all === '1' }] : others);
    show();
    tell(button.textContent);
  });
  show();
  button.hidden = false;
}

async function share() {
  const given = { title: document.title, url: location.href };
  try {
    if (navigator.share) await navigator.share(given);
    else { await navigator.clipboard.writeText(location.href); tell(say('copied')); }
  } catch (error) {
    if (error.name !== 'AbortError') tell(location.href);
  }
}

const cookie = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };

document.querySelectorAll('[data-favour]').forEach(favour);
document.querySelectorAll('[data-share]').forEach((button) => { button.hidden = false; button.addEventListener('click', share); });
document.querySelectorAll('.b-line[data-colour]').forEach((badge) => paint(badge, badge.dataset.colour));
document.querySelector('[data-type-switch]')?.addEventListener('click', () => {
  const sizes = ['plain', 'large', 'huge'];
  const next = sizes[(sizes.indexOf(root.dataset.type) + 1) % sizes.length];
  root.dataset.type = next;
  cookie('bus_type', next);
});
document.querySelector('[data-language-switch]')?.addEventListener('click', (event) => {
  cookie('django_language', event.currentTarget.dataset.to);
  location.reload();
});
addEventListener('offline', () => showOffline(true));
addEventListener('online', () => showOffline(false));
if (!navigator.onLine) showOffline(true);

if (navigator.serviceWorker && body.dataset.worker) {
  const address = new URL(body.dataset.worker, location.href);
  const scope = body.dataset.scope;
  address.searchParams.set('pages', `^${scope}((stops|lines|line-timetables|information|plan)/.*)?$`);
  navigator.serviceWorker.register(address, { scope }).catch((error) => console.info('no service worker', error.name));
}
root.dataset.ready = '1';
