// Live update: one stream for the whole page; when the door cannot be reached, pages ask again by themselves.

import { config } from 'district/page';

const handlers = new Map();   // topic → Set of functions
const pollers = new Set();    // { poll, seconds, timer }
let stream = null;
let listening = '';
let failures = 0;
let isOpen = false;
let restart = 0;

/**
 * Calls `handler(data)` for every notice of `topic`. `poll` is called every `seconds` while the door is shut.
 * Returns a function that ends it.
 */
export function live(topic, handler, { poll = null, seconds = 60 } = {}) {
  if (!handlers.has(topic)) handlers.set(topic, new Set());
  handlers.get(topic).add(handler);
  const poller = poll ? { poll, seconds, timer: 0 } : null;
  if (poller) {
    pollers.add(poller);
    if (failures > 1) startPolling(poller);
  }
  schedule();
  return () => {
    handlers.get(topic)?.delete(handler);
    if (!handlers.get(topic)?.size) handlers.delete(topic);
    if (poller) { clearInterval(poller.timer); pollers.delete(poller); }
    schedule();
  };
}

/** Calls `poll` every `seconds` while the page is in front, door or no door. */
export function every(seconds, poll) {
  const timer = setInterval(() => { if (!document.hidden) poll(); }, seconds * 1000);
  return () => clearInterval(timer);
}

function schedule() {
  clearTimeout(restart);
  restart = setTimeout(connect, 50);
}

function connect() {
  const wanted = [...handlers.keys()].sort().join(',');
  if (wanted === listening && stream) return;
  stream?.close();
  stream = null;
  listening = wanted;
  if (!wanted) return;
  stream = new EventSource(`${config.live}/live?topics=${encodeURIComponent(wanted)}`, { withCredentials: true });
  stream.addEventListener('open', () => {
    const wasShut = failures > 1;
    isOpen = true;
    failures = 0;
    for (const poller of pollers) { clearInterval(poller.timer); poller.timer = 0; if (wasShut) poller.poll(); }
    show();
  });
  stream.addEventListener('message', (event) => {
    const { topic, data } = JSON.parse(event.data);
    for (const handler of handlers.get(topic) || []) handler(data);
  });
  // Some notices were too many for this reader: read again what is shown.
  stream.addEventListener('missed', () => { for (const poller of pollers) poller.poll(); });
  stream.addEventListener('error', () => {
    isOpen = false;
    failures += 1;
    show();
    if (failures > 1) for (const poller of pollers) startPolling(poller);
    if (stream?.readyState === EventSource.CLOSED) {
      stream = null;
      clearTimeout(restart);
      restart = setTimeout(connect, Math.min(60, 2 ** failures) * 1000);
    }
  });
}

function startPolling(poller) {
  if (!poller.timer) poller.timer = setInterval(() => { if (!document.hidden) poller.poll(); }, poller.seconds * 1000);
}

function show() {
  for (const mark of document.querySelectorAll('[data-live-state]')) mark.dataset.liveState = isOpen ? 'open' : 'shut';
}
