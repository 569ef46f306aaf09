// The form of a change: clicks on the map become lines of the textarea, and only stops of the chosen lines are offered.
// Without script the textarea and the whole list do the same.

const text = document.querySelector('textarea[data-draw]');
const section = document.querySelector('[data-draw-map] [data-map]');
if (text && section) whenReady(section, draw);
offerStops();

function whenReady(element, then) {
  if (element.dataset.ready) then();
  else new MutationObserver((_, observer) => { if (element.dataset.ready) { observer.disconnect(); then(); } }).observe(element, { attributes: true, attributeFilter: ['data-ready'] });
}

function draw() {
  const { map } = section.districtMap || {};
  if (!map) return;
  map.addSource('drawn', { type: 'geojson', data: drawn() });
  map.addLayer({ id: 'drawn-line', type: 'line', source: 'drawn', paint: { 'line-color': '#c92a2a', 'line-width': 3 } });
  map.addLayer({ id: 'drawn-points', type: 'circle', source: 'drawn', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 5, 'circle-color': '#ffffff', 'circle-stroke-color': '#c92a2a', 'circle-stroke-width': 2 } });
  map.getCanvas().style.cursor = 'crosshair';
  map.on('click', ({ lngLat }) => put([...points(), [lngLat.lng, lngLat.lat]]));
  const show = () => map.getSource('drawn').setData(drawn());
  text.addEventListener('input', show);
  const buttons = document.querySelector('[data-draw-buttons]');
  buttons.hidden = false;
  buttons.querySelector('[data-draw-undo]').addEventListener('click', () => put(points().slice(0, -1)));
  buttons.querySelector('[data-draw-clear]').addEventListener('click', () => put([]));

  function put(list) {
    text.value = list.map(([lon, lat]) => `${lon.toFixed(6)} ${lat.toFixed(6)}`).join('\n');
    show();
  }
}

function points() {
  return text.value.split('\n').map((line) => line.trim().split(/[\s,，]+/).map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
}

function drawn() {
  const list = points();
  const features = list.map((point) => feature('Point', point));
  if (list.length > 1) features.push(feature('LineString', list));
  return { type: 'FeatureCollection', features };
}

function feature(type, coordinates) {
  return { type: 'Feature', properties: {}, geometry: { type, coordinates } };
}

async function offerStops() {
  const lines = document.querySelector('select[name="lines"]');
  const lists = [...document.querySelectorAll('select[name="stops"], select[name="detour_stops"], select[name="from_stop"], select[name="to_stop"]')];
  const address = document.querySelector('[data-line-stops]')?.dataset.lineStops;
  if (!lines || !lists.length || !address) return;
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok) return;
  const stopsOf = await answer.json();
  const narrow = () => {
    const chosen = [...lines.selectedOptions].map((option) => option.value);
    const offered = new Set(chosen.flatMap((line) => stopsOf[line] || []));
    for (const list of lists.filter((each) => each.name !== 'detour_stops')) {
      for (const group of list.querySelectorAll('optgroup')) {
        const options = [...group.querySelectorAll('option')];
        for (const option of options) option.hidden = chosen.length > 0 && !offered.has(option.value) && !option.selected;
        group.hidden = options.every((option) => option.hidden);
      }
    }
  };
  lines.addEventListener('change', narrow);
  narrow();
}
