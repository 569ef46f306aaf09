// The map of the timetable editor. The form's fields are what is saved; the map only fills them, and they alone are enough.

const section = document.querySelector('[data-stop-map] [data-map], [data-pattern-map] [data-map]');

if (section) whenReady(section, section.closest('[data-stop-map]') ? placeStop : drawPattern);

function whenReady(element, then) {
  if (element.dataset.ready) then();
  else new MutationObserver((_, observer) => { if (element.dataset.ready) { observer.disconnect(); then(); } }).observe(element, { attributes: true, attributeFilter: ['data-ready'] });
}

function placeStop() {
  const { map } = section.districtMap || {};
  const [lat, lon] = ['lat', 'lon'].map((name) => document.querySelector(`[name="${name}"]`));
  if (!map || !lat) return;
  const here = () => collection(lat.value && lon.value ? [feature('Point', [Number(lon.value), Number(lat.value)])] : []);
  map.addSource('here', { type: 'geojson', data: here() });
  map.addLayer({ id: 'here', type: 'circle', source: 'here', paint: { 'circle-radius': 9, 'circle-color': '#c92a2a', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 3 } });
  map.getCanvas().style.cursor = 'crosshair';
  map.on('click', ({ lngLat }) => {
    lat.value = lngLat.lat.toFixed(6);
    lon.value = lngLat.lng.toFixed(6);
    map.getSource('here').setData(here());
  });
  for (const field of [lat, lon]) field.addEventListener('input', () => map.getSource('here').setData(here()));
}

function drawPattern() {
  const view = section.districtMap;
  const stops = document.querySelector('textarea[data-stops]');
  const path = document.querySelector('textarea[data-path]');
  const list = document.querySelector('[data-stop-list]');
  const known = new Map(view.layers.find((layer) => layer.key === 'stops').features.map((each) => [each.properties.key, each]));
  const keys = () => stops.value.split('\n').map((line) => line.trim().split(/\s+/)[0]).filter(Boolean);
  const points = () => path.value.split('\n').map((line) => line.trim().split(/[\s,，]+/).map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
  stops.addEventListener('input', show);
  path.addEventListener('input', show);
  listStops();
  if (!view.map) return;
  const { map } = view;
  map.addSource('way-drawn', { type: 'geojson', data: collection([]) });
  map.addLayer({ id: 'way-drawn', type: 'line', source: 'way-drawn', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': '#c92a2a', 'line-width': 4, 'line-opacity': 0.8 } });
  map.addLayer({ id: 'way-corners', type: 'circle', source: 'way-drawn', filter: ['==', ['get', 'kind'], 'corner'], paint: { 'circle-radius': 4, 'circle-color': '#ffffff', 'circle-stroke-color': '#c92a2a', 'circle-stroke-width': 2 } });
  map.addLayer({ id: 'way-stops', type: 'circle', source: 'way-drawn', filter: ['==', ['get', 'kind'], 'stop'], paint: { 'circle-radius': 7, 'circle-color': '#c92a2a', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 } });
  document.querySelector('[data-pattern-tools]').hidden = false;
  const mode = () => document.querySelector('[name="mode"]:checked').value;
  map.on('click', ({ lngLat, point }) => {
    if (mode() === 'path') { setPoints([...points(), [lngLat.lng, lngLat.lat]]); return; }
    const apart = (each) => { const at = map.project(each.geometry.coordinates); return Math.hypot(at.x - point.x, at.y - point.y); };
    const near = map.queryRenderedFeatures([[point.x - 8, point.y - 8], [point.x + 8, point.y + 8]]).map((each) => known.get(each.properties?.key)).filter(Boolean);
    if (near.length) setKeys([...keys(), near.sort((one, other) => apart(one) - apart(other))[0].properties.key]);
  });
  dragCorners();
  document.querySelector('[data-undo]').addEventListener('click', () => (mode() === 'path' ? setPoints(points().slice(0, -1)) : setKeys(keys().slice(0, -1))));
  document.querySelector('[data-straight]').addEventListener('click', () => setPoints([]));
  show();
  const all = way();
  if (all.length > 1) map.fitBounds(all.reduce((box, [lon, lat]) => [[Math.min(box[0][0], lon), Math.min(box[0][1], lat)], [Math.max(box[1][0], lon), Math.max(box[1][1], lat)]], [all[0], all[0]]), { padding: 40, animate: false });

  function dragCorners() {
    let dragged = -1;
    map.on('mousedown', 'way-corners', (event) => {
      event.preventDefault();
      dragged = event.features[0].properties.place;
    });
    map.on('mousemove', ({ lngLat }) => {
      if (dragged >= 0) setPoints(points().map((point, place) => (place === dragged ? [lngLat.lng, lngLat.lat] : point)));
    });
    map.on('mouseup', () => { dragged = -1; });
  }

  function way() {
    const drawn = points();
    return drawn.length > 1 ? drawn : keys().map((key) => known.get(key)?.geometry.coordinates).filter(Boolean);
  }

  function setKeys(found) {
    stops.value = found.join('\n');
    show();
  }

  function setPoints(found) {
    path.value = found.map(([lon, lat]) => `${lon.toFixed(6)} ${lat.toFixed(6)}`).join('\n');
    show();
  }

  function show() {
    listStops();
    if (!view.map) return;
    const line = way();
    const features = points().map((point, place) => feature('Point', point, { kind: 'corner', place }));
    for (const key of keys()) if (known.has(key)) features.push(feature('Point', known.get(key).geometry.coordinates, { kind: 'stop' }));
    if (line.length > 1) features.push(feature('LineString', line));
    view.map.getSource('way-drawn')?.setData(collection(features));
  }

  function listStops() {
    const found = keys();
    list.replaceChildren(...found.map((key, place) => {
      const item = document.createElement('li');
      item.className = 'list-group-item d-flex align-items-center gap-2 py-1';
      const name = Object.assign(document.createElement('span'), { className: 'flex-fill', textContent: known.get(key)?.properties.name || key });
      item.append(name, button('↑', list.dataset.up, name, () => move(place, -1)), button('↓', list.dataset.down, name, () => move(place, 1)), button('×', list.dataset.remove, name, () => setKeys(found.filter((_, other) => other !== place))));
      return item;
    }));

    function move(place, by) {
      const other = place + by;
      if (other < 0 || other >= found.length) return;
      [found[place], found[other]] = [found[other], found[place]];
      setKeys(found);
    }
  }
}

function button(sign, label, name, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm', textContent: sign });
  made.setAttribute('aria-label', `${label} ${name.textContent}`);
  made.addEventListener('click', act);
  return made;
}

function collection(features) {
  return { type: 'FeatureCollection', features };
}

function feature(type, coordinates, properties = {}) {
  return { type: 'Feature', properties, geometry: { type, coordinates } };
}
