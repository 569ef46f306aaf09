// The clerk's pages: forms are saved on the phone first and sent when there is a line.

import { keep, remove, sendAll, waiting } from 'desk/outbox';
import { recorder } from 'desk/recorder';

const { account, tokenUrl, workerUrl, startUrl } = document.body.dataset;
const TRY_EVERY_S = 20;
const SOON_MS = 3000;
const words = document.querySelector('[data-words]').dataset;
const said = document.querySelector('[data-said]');

function say(text, isGood = true, isAnswer = true) {
  said.textContent = text;
  said.classList.toggle('k-good', isGood);
  said.classList.toggle('k-bad', !isGood);
  said.hidden = !text;
  if (text && isAnswer) said.focus();  // never away from somebody who is writing
}

function line() {
  document.querySelector('[data-offline]').hidden = navigator.onLine;
}

async function show() {
  const box = document.querySelector('[data-waiting]');
  if (!box) return;
  const entries = await waiting();
  box.hidden = !entries.length;
  box.querySelector('[data-waiting-count]').textContent = entries.length;
  box.querySelector('[data-waiting-list]').replaceChildren(...entries.map(row));
}

function row(entry) {
  const item = document.createElement('li');
  const inner = document.createElement('div');
  inner.textContent = `${entry.name} ${new Date(entry.at).toLocaleString(document.documentElement.lang)} `;
  const note = document.createElement('small');
  if (entry.account !== account) note.textContent = words.other;
  if (entry.refused) { note.textContent = words.refused + entry.refused; note.className = 'k-red'; }
  inner.append(note);
  if (entry.refused && entry.account === account) inner.append(removal(entry));
  item.append(inner);
  return item;
}

/** Asked twice: what is removed here is nowhere else. */
function removal(entry) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'k-button k-small';
  button.textContent = words.remove;
  let isSure = false;
  button.addEventListener('click', async () => {
    if (isSure) { await remove(entry.key); await show(); return; }
    isSure = true;
    button.textContent = words.sure;
  });
  return button;
}

/** A page kept on the phone has the key of the day it was kept: each form gets one of its own. */
function renew(form) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  form.querySelector('[name=key]').value = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send(isAnswer = true) {
  const done = await sendAll(account, tokenUrl);
  if (done.refused.length) say(words.refused + done.refused.join('；'), false, isAnswer);
  else if (done.sent.length) say(done.sent.join('；'), true, isAnswer);
  else if (done.why === 'sign-in') say(words.signIn, false, isAnswer);
  else if (done.why === 'other') say(words.other, false, isAnswer);
  await show();
  if (done.why === 'network' && navigator.onLine) soon();
  return done;
}

/** The line is said to be back a moment before it is. */
let timer = 0;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(again, SOON_MS);
}

function again() {
  send(false).catch((error) => console.info('desk: not sent', error));
}

for (const form of document.querySelectorAll('form[data-outbox]')) {
  const place = form.querySelector('[data-recorder]');
  const voices = (place && recorder(place, words)) || [];
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('.k-main');
    button.disabled = true;
    const data = new FormData(form);
    const files = [...data.getAll('files').filter((file) => file.size).map((file) => ({ name: file.name, blob: file })), ...voices];
    const fields = [...data.entries()].filter(([name]) => name !== 'files' && name !== 'csrfmiddlewaretoken');
    const at = new Date().toISOString();
    const key = data.get('key');
    try {
      await keep({ key, account, url: new URL(form.action, location).pathname, name: form.dataset.outboxName, at, fields: [...fields.filter(([name]) => name !== 'at'), ['at', at]], files, refused: '' });
    } catch (error) {
      console.info('desk: nothing can be kept here', error);
      form.submit();
      return;
    }
    const done = await send();
    const entry = (await waiting()).find((each) => each.key === key);
    button.disabled = false;
    if (entry?.refused) {
      await remove(key);  // it stands in the form, to be put right
      say(words.refused + entry.refused, false);
      return;
    }
    if (!navigator.onLine && !navigator.serviceWorker?.controller) {
      form.reset();
      renew(form);
      say(words.kept);
      return;
    }
    sessionStorage.setItem('desk-said', entry ? words.kept : done.sent.join('；') || words.sent);
    location.assign(startUrl);
  });
}

document.querySelector('[data-send-now]')?.addEventListener('click', () => send());
document.querySelector('[data-sign-out]')?.addEventListener('submit', () => navigator.serviceWorker?.controller?.postMessage('forget'));
addEventListener('online', () => { line(); again(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) again(); });
// A browser does not always know that the line is back: what waits is tried again now and then.
setInterval(async () => { if ((await waiting()).some((entry) => !entry.refused)) again(); }, TRY_EVERY_S * 1000);
addEventListener('offline', line);

const told = sessionStorage.getItem('desk-said');
if (told) { sessionStorage.removeItem('desk-said'); say(told); }
line();
await show().catch((error) => console.info('desk: no outbox', error));
for (const form of document.querySelectorAll('form[data-outbox]')) renew(form);
if ('serviceWorker' in navigator) navigator.serviceWorker.register(workerUrl, { scope: startUrl }).then(() => navigator.serviceWorker.controller?.postMessage('keep'), (error) => console.info('desk: no worker', error));
document.documentElement.dataset.ready = '';
again();
