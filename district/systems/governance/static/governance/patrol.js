// A patrol's positions, only while this page shows a patrol that has begun and not ended. Without a network they wait on
// the phone; what was sent and not answered is sent again, which changes nothing on the other side.

const card = document.querySelector('[data-patrol]');
const SEND_EVERY_S = 20;
const BATCH = 500;
const LEAST_M = 5;
const PREFIX = 'district.patrol.';

sendLeftOver(card?.dataset.patrol);
if (card) start(card);

function start(element) {
  const key = PREFIX + element.dataset.patrol;
  const started = Date.parse(element.dataset.started);
  let queue = JSON.parse(localStorage.getItem(key) || '{"points": []}').points;
  let last = null;
  let busy = false;
  let sent = Number(find('[data-patrol-sent]').textContent);

  say('waiting');
  show();
  if (!navigator.geolocation) say('denied');
  else navigator.geolocation.watchPosition(note, () => say('denied'), { enableHighAccuracy: true, maximumAge: 5000, timeout: 60000 });
  setInterval(send, SEND_EVERY_S * 1000);
  addEventListener('online', send);
  addEventListener('offline', show);
  document.querySelectorAll('form[action$="/end"]').forEach((form) => form.addEventListener('submit', () => send()));

  function note({ coords, timestamp }) {
    if (timestamp < started) return;
    say('recording');
    reach(coords);
    if (last && metres(last, coords) < LEAST_M) return;
    last = coords;
    queue.push({ at: new Date(timestamp).toISOString(), lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy });
    keep();
    if (queue.length >= 10) send();
  }

  async function send() {
    show();
    if (busy || !queue.length || !navigator.onLine) return;
    busy = true;
    const batch = queue.slice(0, BATCH);
    try {
      const answer = await post(element.dataset.url, batch);
      // What the server has judged, kept or not, does not come again; anything else is tried later.
      if (answer.ok || answer.status === 400) {
        queue = queue.slice(batch.length);
        if (answer.ok) sent += (await answer.json()).kept;
        keep();
      }
    } catch (error) {
      console.info('patrol: not sent yet', error.name);
    }
    busy = false;
    show();
  }

  function reach(coords) {
    for (const item of element.querySelectorAll('[data-point]')) {
      const near = metres({ longitude: Number(item.dataset.lon), latitude: Number(item.dataset.lat) }, coords) <= Number(item.dataset.radius);
      const state = item.querySelector('[data-point-state]');
      if (near) state.textContent = state.dataset.reached;
    }
  }

  function keep() {
    localStorage.setItem(key, JSON.stringify({ url: element.dataset.url, points: queue }));
    show();
  }

  function show() {
    find('[data-patrol-sent]').textContent = sent;
    find('[data-patrol-queued]').textContent = queue.length;
    find('[data-patrol-offline]').hidden = navigator.onLine;
  }

  function say(state) {
    const place = find('[data-patrol-state]');
    place.textContent = place.dataset[state];
  }

  function find(selector) {
    return element.querySelector(selector);
  }
}

/** What a patrol that is over could not send is sent now, and then no longer left on the phone. */
async function sendLeftOver(current) {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX) || name === PREFIX + current) continue;
    const { url, points } = JSON.parse(localStorage.getItem(name));
    try {
      for (let first = 0; first < points.length; first += BATCH) await post(url, points.slice(first, first + BATCH));
      localStorage.removeItem(name);
    } catch (error) {
      console.info('patrol: left over points not sent yet', error.name);
    }
  }
}

function post(url, points) {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  return fetch(url, {
    method: 'POST', credentials: 'same-origin', body: JSON.stringify({ points }), keepalive: points.length < 300,
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
  });
}

function metres(one, other) {
  const radians = Math.PI / 180;
  const x = (other.longitude - one.longitude) * radians * Math.cos(((one.latitude + other.latitude) / 2) * radians);
  const y = (other.latitude - one.latitude) * radians;
  return Math.hypot(x, y) * 6371000;
}
