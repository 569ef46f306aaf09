// Drawing on the map: clicks become lines of the textarea, and the textarea is what is drawn. The textarea alone is enough.

const text = document.querySelector('textarea[data-draw]');
const section = document.querySelector('[data-draw-map] [data-map]');
const buttons = document.querySelector('[data-draw-buttons]');

if (text && section) whenReady(section, start);

function whenReady(element, then) {
  if (element.dataset.ready) then();
  else new MutationObserver((_, observer) => { if (element.dataset.ready) { observer.disconnect(); then(); } }).observe(element, { attributes: true, attributeFilter: ['data-ready'] });
}

function start() {
  const { map } = section.districtMap || {};
  if (!map) return;
  map.addSource('drawn', { type: 'geojson', data: drawn() });
  map.addLayer({ id: 'drawn-area', type: 'fill', source: 'drawn', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': '#c92a2a', 'fill-opacity': 0.15 } });
  map.addLayer({ id: 'drawn-line', type: 'line', source: 'drawn', paint: { 'line-color': '#c92a2a', 'line-width': 2.5 } });
  map.addLayer({ id: 'drawn-points', type: 'circle', source: 'drawn', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 5, 'circle-color': '#ffffff', 'circle-stroke-color': '#c92a2a', 'circle-stroke-width': 2 } });
  map.getCanvas().style.cursor = 'crosshair';
  map.on('click', ({ lngLat }) => put([...points(), [lngLat.lng, lngLat.lat]]));
  text.addEventListener('input', show);
  buttons.hidden = false;
  buttons.querySelector('[data-draw-undo]').addEventListener('click', () => put(points().slice(0, -1)));
  buttons.querySelector('[data-draw-clear]').addEventListener('click', () => put([]));

  function put(list) {
    text.value = list.map(([lon, lat]) => `${lon.toFixed(6)} ${lat.toFixed(6)}`).join('\n');
    show();
  }

  function show() {
    map.getSource('drawn').setData(drawn());
  }
}

function points() {
  return text.value.split('\n').map((line) => line.trim().split(/[\s,，]+/).map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
}

function drawn() {
  const list = points();
  const features = list.map((point) => feature('Point', point));
  if (list.length > 1) features.push(feature('LineString', list));
  if (list.length > 2 && text.dataset.draw === 'polygon') features.push(feature('Polygon', [[...list, list[0]]]));
  return { type: 'FeatureCollection', features };
}

function feature(type, coordinates) {
  return { type: 'Feature', properties: {}, geometry: { type, coordinates } };
}
