// The planner's form: names to choose from, the device's own position, a drawn map of the network to choose on, and the
// journey drawn on it. A position is sent by POST, rounded to a hundred metres, and stands in no address.
import { element, fetchKept, say, tell } from 'bus/base';

const form = document.querySelector('[data-plan]');
const told = JSON.parse(document.getElementById('plan')?.textContent ?? 'null');
const NS = 'http://www.w3.org/2000/svg';
const WIDTH = 800;

const network = () => (network.asked ??= fetchKept(form.dataset.network, 'network').then(({ data }) => data));

function shape(name, attributes, parent) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

/** A drawing of all lines: `to` turns a place into a point of it, `from` back. */
function drawn({ lines, stops }) {
  const places = [...lines.flatMap((line) => line.points), ...stops.map((stop) => stop.at)];
  const [lats, lons] = [places.map(([lat]) => lat), places.map(([, lon]) => lon)];
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  const narrow = Math.cos((south * Math.PI) / 180);
  const scale = (WIDTH - 40) / Math.max((east - west) * narrow, (north - south) / 1.4, 1e-6);
  const height = (north - south) * scale + 40;
  const to = ([lat, lon]) => [20 + (lon - west) * narrow * scale, 20 + (north - lat) * scale];
  const from = (x, y) => [north - (y - 20) / scale, west + (x - 20) / (narrow * scale)];
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${Math.round(height)}`, role: 'img' });
  for (const line of lines) {
    shape('polyline', { points: line.points.map((place) => to(place).join()).join(' '), fill: 'none', stroke: `#${line.colour || '0b5566'}`, 'stroke-width': 4, 'stroke-opacity': .55 }, svg);
  }
  for (const stop of stops) {
    const [cx, cy] = to(stop.at);
    shape('circle', { cx, cy, r: 4, fill: '#fff', stroke: '#14202b', 'stroke-width': 1.5 }, svg);
  }
  return { svg, to, from, stops };
}

function mark(svg, [x, y], colour, text) {
  shape('circle', { cx: x, cy: y, r: 9, fill: colour, stroke: '#fff', 'stroke-width': 3 }, svg);
  const label = shape('text', { x: Math.min(x + 12, WIDTH - 160), y: Math.max(y - 8, 14) }, svg);
  label.textContent = text;
}

function put(side, value) {
  let box = form.elements[side];
  if (box.tagName === 'SELECT') {
    const other = element('input');
    Object.assign(other, { id: side, name: side });
    box.replaceWith(other);
    box = other;
  }
  box.value = value;
}

async function openMap(button) {
  const place = form.querySelector('[data-choosing]');
  place.hidden = !place.hidden;
  button.setAttribute('aria-expanded', !place.hidden);
  if (place.hidden || place.querySelector('svg')) return;
  const { svg, to, from, stops } = drawn(await network());
  svg.setAttribute('aria-label', button.textContent);
  svg.addEventListener('click', (event) => {
    const box = svg.getBoundingClientRect();
    const at = [(event.clientX - box.left) / box.width * WIDTH, (event.clientY - box.top) / box.height * svg.viewBox.baseVal.height];
    const near = stops.map((stop) => ({ stop, far: Math.hypot(to(stop.at)[0] - at[0], to(stop.at)[1] - at[1]) })).sort((a, b) => a.far - b.far)[0];
    const chosen = form.querySelector('[data-drawing-side]:checked');
    const [lat, lon] = from(...at);
    put(chosen.value, near && near.far < 16 ? `stop:${near.stop.id}` : `${lat.toFixed(4)},${lon.toFixed(4)}`);
    svg.querySelectorAll(`[data-side="${chosen.value}"]`).forEach((each) => each.remove());
    shape('circle', { cx: at[0], cy: at[1], r: 9, fill: chosen.value === 'from' ? '#14693a' : '#a3201a', stroke: '#fff', 'stroke-width': 3, 'data-side': chosen.value }, svg);
    tell(near && near.far < 16 ? near.stop.name : form.elements[chosen.value].value);
    const other = form.querySelector('[data-drawing-side][value="to"]');
    if (chosen.value === 'from') other.checked = true;
  });
  place.append(svg);
}

async function drawJourney() {
  const place = document.querySelector('[data-drawing]');
  if (!place || !told?.journeys.length) return;
  const net = await network();
  if (!net.lines.length) return;
  const show = (number) => {
    const { svg, to } = drawn(net);
    for (const leg of told.journeys[number].legs) {
      const points = leg.kind === 'ride' ? leg.calls.map((call) => to([call.lat, call.lon])) : [leg.from ?? told.from, leg.to ?? told.to].map((end) => to([end.lat, end.lon]));
      shape('polyline', { points: points.map((each) => each.join()).join(' '), fill: 'none', stroke: leg.kind === 'ride' ? '#14202b' : '#4a5868', 'stroke-width': leg.kind === 'ride' ? 8 : 5, 'stroke-dasharray': leg.kind === 'ride' ? '' : '3 7', 'stroke-linecap': 'round' }, svg);
    }
    mark(svg, to([told.from.lat, told.from.lon]), '#14693a', told.from.name);
    mark(svg, to([told.to.lat, told.to.lon]), '#a3201a', told.to.name);
    svg.setAttribute('aria-label', `${told.from.name} → ${told.to.name}`);
    place.replaceChildren(svg);
    place.hidden = false;
  };
  document.querySelectorAll('[data-journey]').forEach((each) => each.addEventListener('toggle', () => { if (each.open) show(Number(each.dataset.journey)); }));
  show(0);
}

async function fillPlaces() {
  const { stops } = await network();
  const names = [...new Set(stops.map((stop) => stop.name))].sort();
  document.getElementById('places').replaceChildren(...names.map((name) => Object.assign(element('option'), { value: name })));
}

function here() {
  const state = form.querySelector('[data-here-state]');
  if (!navigator.geolocation) return;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => { put('from', `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`); state.textContent = ''; form.elements.to.focus(); },
    () => { state.textContent = say('denied'); },
    { timeout: 10000, maximumAge: 60000 },
  );
}

form.querySelector('[data-tools]').hidden = false;
form.querySelector('[data-here]').addEventListener('click', here);
form.querySelector('[data-drawing-open]').addEventListener('click', (event) => openMap(event.currentTarget));
form.querySelector('[data-swap]').addEventListener('click', () => {
  const [from, to] = [form.elements.from.value, form.elements.to.value];
  put('from', to);
  put('to', from);
});
form.addEventListener('submit', () => {
  const isPosition = ['from', 'to'].some((side) => /^-?\d+\.\d+,/.test(form.elements[side].value));
  form.method = isPosition ? 'post' : 'get';
  if (isPosition) form.append(form.querySelector('[data-token]').content.cloneNode(true));
});
fillPlaces().catch(() => {});
drawJourney().catch(() => {});
