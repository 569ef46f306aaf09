// What every module of the page shares: its configuration, late loading of libraries, and speaking to the reader.

export const config = JSON.parse(document.getElementById('district-config').textContent);
export const t = (text) => config.texts[text] || text;
export const locale = config.language === 'en' ? 'en-GB' : 'zh-CN';
export const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

const loaded = new Map();

function once(url, make) {
  if (!loaded.has(url)) {
    loaded.set(url, new Promise((resolve, reject) => {
      const element = make();
      element.addEventListener('load', resolve);
      element.addEventListener('error', () => reject(new Error(`cannot load ${url}`)));
      document.head.append(element);
    }));
  }
  return loaded.get(url);
}

export const loadScript = (url) => once(url, () => Object.assign(document.createElement('script'), { src: url }));
export const loadStyle = (url) => once(url, () => Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }));

// What a page reads by itself is not activity of its reader: it does not keep a forgotten session alive.
export const BACKGROUND = { 'X-Background': '1' };

export async function getJson(url) {
  const answer = await fetch(url, { headers: { Accept: 'application/json', ...BACKGROUND }, credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

/** Says something to a screen reader. */
export function announce(text) {
  document.getElementById('d-announcer').textContent = text;
}

/** Says something to everybody, for six seconds; `kind` is info, success or danger. */
export function toast(text, kind = 'info') {
  const note = Object.assign(document.createElement('div'), { className: `alert alert-${kind} d-toast`, textContent: text });
  note.setAttribute('role', kind === 'danger' ? 'alert' : 'status');
  document.getElementById('d-toasts').append(note);
  setTimeout(() => note.remove(), 6000);
}

export function number(value, decimals) {
  if (value === null || value === undefined || value === '' || Number.isNaN(value)) return '—';
  if (typeof value !== 'number') return String(value);
  const digits = decimals ?? 2;
  return value.toLocaleString(locale, { maximumFractionDigits: digits, minimumFractionDigits: Number.isInteger(value) ? 0 : Math.min(digits, 1) });
}

export function icon(name) {
  const mark = document.createElement('i');
  mark.className = `ti ti-${name}`;
  mark.setAttribute('aria-hidden', 'true');
  return mark;
}

const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const probe = document.createElement('span');

/** A colour variable of the current theme as `#rrggbb`: the libraries do not know `oklch()` and `light-dark()`. */
export function cssColour(name) {
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** `var(--x)` anywhere inside a value becomes the colour it stands for in the current theme. */
export function resolved(value) {
  if (typeof value === 'string') return value.startsWith('var(') ? cssColour(value.slice(4, -1)) : value;
  if (Array.isArray(value)) return value.map(resolved);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
  return value;
}
