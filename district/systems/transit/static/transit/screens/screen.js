// A screen at a stop. It runs for days: nothing grows, every fault is survived, and without a line it goes on from what it
// has kept: the page by the service worker, media by the cache of this script, the programme and the timetable by the device.

import { dayOfChina, element, memory, paint, say, words } from 'bus/base';
import { follow, grouped, isLive, notesOf, whenOf } from 'bus/board';
import { mediaOf, piecesAt } from 'screen/programme';

const { body } = document;
const MEDIA = `district.screen.media:${body.dataset.scope}`;
const PROGRAMME_S = 60;
const REPORT_S = 60;
const MOST_KEPT_SHOWINGS = 2000;
const ROWS_SHOWN = 7;
const PAGE_S = 12;
const LONGEST_PIECE_S = 600;
const RELOAD_AT = 3 * 60 + 30;
const BEGAN = Date.now();
const PROGRAMME = `screen.${body.dataset.scope}.programme`;
const SHOWN = `screen.${body.dataset.scope}.shown`;

const play = document.querySelector('[data-play]');
const list = document.querySelector('[data-arrivals-list]');
const foot = document.querySelector('[data-foot]');
const note = document.querySelector('[data-note]');
let programme = memory.get(PROGRAMME)?.data || null;
let etag = memory.get(PROGRAMME)?.etag || '';
let missing = 0;
let errors = 0;
let lastAge = 0;
let isTelling = false;

// ---- clock, name, weather ------------------------------------------------------------------------------------------

function tick() {
  const now = new Date();
  document.querySelector('[data-clock]').textContent = now.toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });
  const weekday = words.weekdays.split(',')[new Date(`${dayOfChina()}T12:00:00Z`).getUTCDay()];
  document.querySelector('[data-date]').textContent = `${dayOfChina().slice(5)} ${weekday}`;
}

function showWeather() {
  const place = document.querySelector('[data-weather]');
  const report = programme?.weather;
  const today = report?.days.find((each) => each.day === dayOfChina());
  place.textContent = today ? `${today.text} ${today.low}–${today.high} ℃ ${today.wind || ''}` : '';
}

// ---- arrivals ------------------------------------------------------------------------------------------------------

let told = null;
let page = 0;

function row(group, now) {
  const [first, second] = group;
  const line = element('div', `s-row${isLive(first) ? ' s-live' : ''}${first.cancelled || first.skipped ? ' s-out' : ''}`);
  const badge = element('b', 's-line', first.name);
  paint(badge, first.colour);
  const way = element('span', 's-way', first.headsign);
  const when = element('span', 's-when', whenOf(first, now));
  const more = [];
  if (isLive(first) && first.stops_away !== null) more.push(first.stops_away === 0 ? say('one_stop') : say('stops_away', { n: first.stops_away + 1 }));
  more.push(...notesOf(first).slice(0, 1));
  if (first.last) more.push(say('last'));
  const under = element('span', 's-under', more.join(' · '));
  const next = element('span', 's-next', second ? whenOf(second, now) : '');
  line.append(badge, way, when, under, next);
  return line;
}

function showArrivals() {
  if (!told) return;
  const now = Date.now() / 1000;
  const groups = grouped(told.rows, now);
  const pages = Math.max(1, Math.ceil(groups.length / ROWS_SHOWN));
  page %= pages;
  const shown = groups.slice(page * ROWS_SHOWN, (page + 1) * ROWS_SHOWN).map((group) => row(group, now));
  list.replaceChildren(...(shown.length ? shown : [element('p', 's-none', say('none'))]));
  lastAge = told.age;
  const words_ = told.isTimetable ? say('screen_timetable') : told.age > 120 ? say('screen_stale', { n: Math.round(told.age / 60) }) : '';
  note.hidden = !words_;
  if (note.textContent !== words_) note.textContent = words_;
}

function showFoot() {
  const now = Date.now() / 1000;
  const alerts = (told?.alerts || []).filter((each) => each.until === null || each.until > now);
  const lines = alerts.map((each) => each.title);
  const urgent = (programme?.notices || []).filter((each) => each.urgent && each.from <= now && (each.until === null || each.until > now)).map((each) => each.title);
  const warning = programme?.weather?.warning && (!programme.weather.warning_until || programme.weather.warning_until > now) ? [`${say('warning')}：${programme.weather.warning}`] : [];
  const all = [...warning, ...lines, ...urgent];
  const text = all.length ? all[Math.floor(now / 10) % all.length] : say('welcome');
  foot.classList.toggle('s-urgent', warning.length + urgent.length > 0 || alerts.some((each) => each.severity >= 4));
  if (foot.textContent !== text) foot.textContent = text;
}

// ---- playing -------------------------------------------------------------------------------------------------------

const wait = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

/** A kept medium as an address of this page; null when it is not here. The caller gives it back. */
async function opened(address) {
  if (!window.caches) return address;
  const cache = await caches.open(MEDIA);
  let answer = await cache.match(address);
  if (!answer) {
    await keep(cache, address);
    answer = await cache.match(address);
  }
  return answer ? URL.createObjectURL(await answer.blob()) : null;
}

async function keep(cache, address) {
  try {
    const answer = await fetch(address, { credentials: 'omit' });
    if (answer.ok) await cache.put(address, answer);
  } catch { missing += 1; }
}

/** Fetches what is new one after the other, and lets go of what is in no programme any more. */
async function keepMedia() {
  if (!programme || !window.caches) return;
  const wanted = mediaOf(programme);
  const cache = await caches.open(MEDIA);
  const kept = (await cache.keys()).map((request) => new URL(request.url).pathname);
  missing = 0;
  for (const address of wanted.filter((each) => !kept.includes(each))) await keep(cache, address);
  const used = new Set(wanted);
  await Promise.all(kept.filter((each) => !used.has(each)).map((each) => cache.delete(each)));
}

function head(text) { return element('h2', '', text); }

function bulletinCard(bulletin, title) {
  const card = element('article', 's-card');
  card.append(head(title), element('h3', '', bulletin.title), element('p', 's-text', bulletin.text));
  const under = [bulletin.address, bulletin.phone && say('phone', { t: bulletin.phone }), bulletin.source && say('source', { t: bulletin.source })].filter(Boolean);
  if (under.length) card.append(element('p', 's-small', under.join(' · ')));
  return card;
}

function shopsCard(shops, from) {
  const card = element('article', 's-card');
  card.append(head(say('shops')));
  shops.slice(from, from + 4).forEach((shop) => {
    const part = element('div', 's-shop');
    part.append(element('h3', '', shop.name + (shop.paid ? `（${say('advert')}）` : '')));
    part.append(element('p', 's-small', [shop.trade, say('metres', { n: Math.round(shop.metres / 10) * 10 }), shop.address, shop.phone, shop.hours && say('hours', { t: shop.hours })].filter(Boolean).join(' · ')));
    card.append(part);
  });
  return card;
}

function weatherCard(report) {
  const card = element('article', 's-card');
  card.append(head(say('weather')));
  report.days.filter((each) => each.day >= dayOfChina()).slice(0, 3).forEach((each, n) => {
    card.append(element('h3', '', `${n === 0 && each.day === dayOfChina() ? say('today') : each.day.slice(5)} ${each.text}`), element('p', '', `${each.low}–${each.high} ℃ ${each.wind || ''}`));
  });
  if (report.warning) card.append(element('p', 's-warning', `${say('warning')}：${report.warning}`));
  const hours = Math.floor((Date.now() / 1000 - report.issued) / 3600);
  card.append(element('p', 's-small', [say('source', { t: report.source }), hours >= 12 && say('weather_old', { n: hours })].filter(Boolean).join(' · ')));
  return card;
}

/** Shows one piece to its end; whether it was shown whole. */
async function showPiece(item) {
  if (item.kind === 'video' || item.kind === 'image') {
    const address = await opened(item.media);
    if (!address) return false;
    try { return item.kind === 'video' ? await showVideo(address) : await showImage(address, item.seconds, item.title); } finally { URL.revokeObjectURL(address); }
  }
  const turn = Math.floor(Date.now() / 60_000);
  if (item.kind === 'text') { const card = element('article', 's-card'); card.append(head(item.title), element('p', 's-text', item.text)); play.replaceChildren(card); }
  else if (item.bulletin) play.replaceChildren(bulletinCard(item.bulletin, item.title || say('notices')));
  else if (item.bulletins) {
    const seconds = Math.max(5, item.seconds / Math.min(item.bulletins.length, 4));
    const names = { notice: 'notices', news: 'news', municipal: 'municipal' };
    for (const each of item.bulletins.slice(0, 4)) { play.replaceChildren(bulletinCard(each, say(names[item.kind]))); await wait(seconds); }
    return true;
  } else if (item.shops) play.replaceChildren(shopsCard(item.shops, (turn * 4) % Math.max(1, Math.ceil(item.shops.length / 4) * 4)));
  else if (item.weather) play.replaceChildren(weatherCard(item.weather));
  else return false;
  await wait(item.seconds);
  return true;
}

async function showImage(address, seconds, title) {
  const image = element('img', 's-media');
  image.alt = title;
  image.src = address;
  try { await image.decode(); } catch { return false; }
  play.replaceChildren(image);
  await wait(seconds);
  return true;
}

function showVideo(address) {
  return new Promise((done) => {
    const video = element('video', 's-media');
    Object.assign(video, { src: address, muted: true, autoplay: true, playsInline: true });
    const limit = setTimeout(() => end(false), LONGEST_PIECE_S * 1000);
    let stuck = 0;
    let last = -1;
    const watch = setInterval(() => { stuck = video.currentTime === last ? stuck + 1 : 0; last = video.currentTime; if (stuck > 4) end(false); }, 3000);
    function end(isWhole) {
      clearTimeout(limit);
      clearInterval(watch);
      video.removeAttribute('src');
      video.load();
      done(isWhole);
    }
    video.addEventListener('ended', () => end(true), { once: true });
    video.addEventListener('error', () => end(false), { once: true });
    play.replaceChildren(video);
    video.play().catch(() => end(false));
  });
}

async function playForEver() {
  for (let turn = 0; ; turn += 1) {
    const pieces = programme ? piecesAt(programme, Date.now()) : [];
    body.classList.toggle('s-no-play', !pieces.length);
    if (!pieces.length) { play.replaceChildren(); await wait(programme ? 5 : 1); continue; }
    const item = pieces[turn % pieces.length];
    const began = Date.now();
    let isWhole = false;
    try { isWhole = await showPiece(item); } catch (error) { errors += 1; console.info('piece', error.name); }
    const seconds = (Date.now() - began) / 1000;
    noteShown({ key: newKey(), item: item.id, kind: item.kind, title: item.title, began: began / 1000, seconds, whole: isWhole });
    if (seconds < 1) await wait(2);
  }
}

// ---- what is told back ---------------------------------------------------------------------------------------------

// Without https there is no randomUUID; any number drawn by lot will do.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function noteShown(showing) {
  memory.set(SHOWN, [...memory.get(SHOWN, []), showing].slice(-MOST_KEPT_SHOWINGS));
}

async function report() {
  if (isTelling) return;
  isTelling = true;
  try {
    const shown = memory.get(SHOWN, []).slice(0, 200);
    const kept = window.caches ? (await (await caches.open(MEDIA)).keys()).length : 0;
    const estimate = await navigator.storage?.estimate?.();
    const condition = {
      width: innerWidth, height: innerHeight, kept, missing, errors, age_s: Math.round(lastAge), since: new Date(BEGAN).toISOString(),
      free_mb: estimate ? Math.round((estimate.quota - estimate.usage) / 1e6) : -1, browser: navigator.userAgent.slice(0, 120),
    };
    const answer = await fetch(body.dataset.report, {
      method: 'POST', credentials: 'omit', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ version: programme?.version || '', software: body.dataset.software, condition, shown }),
    });
    if (!answer.ok) return;
    const taken = new Set((await answer.json()).taken);
    memory.set(SHOWN, memory.get(SHOWN, []).filter((each) => !taken.has(each.key)));
  } catch { /* told when there is a line again */ } finally { isTelling = false; }
}

async function fetchProgramme() {
  try {
    const answer = await fetch(body.dataset.programme, { credentials: 'omit', cache: 'no-store', headers: etag ? { 'If-None-Match': etag } : {} });
    if (answer.ok) {
      programme = await answer.json();
      etag = answer.headers.get('ETag') || '';
      memory.set(PROGRAMME, { data: programme, etag });
      // New scripts: begun anew while there is a line to fetch them by.
      if (programme.software !== body.dataset.software) { location.reload(); return; }
    }
    showWeather();
    await keepMedia();
  } catch { /* goes on with the one it has */ }
}

/** Once a night everything begins anew, if there is a line: what a browser loses over weeks is given back. */
async function renew() {
  const minutes = new Date(Date.now() + 8 * 3_600_000).getUTCHours() * 60 + new Date().getUTCMinutes();
  if (minutes !== RELOAD_AT || Date.now() - BEGAN < 7_200_000) return;
  try { if ((await fetch(body.dataset.programme, { cache: 'no-store' })).ok) location.reload(); } catch { /* not tonight */ }
}

addEventListener('error', () => { errors += 1; });
addEventListener('unhandledrejection', () => { errors += 1; });
navigator.wakeLock?.request('screen').catch(() => {});
navigator.storage?.persist?.().catch(() => {});

tick();
showWeather();
setInterval(tick, 1000);
setInterval(() => { showWeather(); showFoot(); }, 5000);
setInterval(() => { page += 1; showArrivals(); }, PAGE_S * 1000);
setInterval(fetchProgramme, PROGRAMME_S * 1000);
setInterval(report, REPORT_S * 1000);
setInterval(renew, 60_000);
fetchProgramme().then(report);
follow({
  stops: body.dataset.stops, url: body.dataset.arrivals, dayUrl: body.dataset.departures,
  stream: `${body.dataset.live}/stream/transit/arrivals`, show: (given) => { told = given; showArrivals(); showFoot(); },
});
playForEver();
