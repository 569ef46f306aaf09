// Where it is: a click on the map, or the position of the phone. The fields of the form are what is sent.

const section = document.querySelector('[data-pick-map] [data-map]');
const [lon, lat] = ['lon', 'lat'].map((name) => document.querySelector(`input[name="${name}"]`));
const note = document.querySelector('[data-pick-note]');
const here = document.querySelector('[data-pick-here]');

if (lon && lat) {
  if (navigator.geolocation && here) {
    here.hidden = false;
    here.addEventListener('click', () => {
      here.disabled = true;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => { here.disabled = false; put(coords.longitude, coords.latitude, true); },
        () => { here.disabled = false; },
        { enableHighAccuracy: true, timeout: 15000 },
      );
    });
  }
  if (section) begin();
}

async function begin() {
  while (!section.dataset.ready) await new Promise((done) => { setTimeout(done, 100); });
  const { map } = section.districtMap || {};
  if (!map) return;
  map.addSource('picked', { type: 'geojson', data: point() });
  map.addLayer({ id: 'picked', type: 'circle', source: 'picked', paint: { 'circle-radius': 8, 'circle-color': '#c92a2a', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 3 } });
  map.getCanvas().style.cursor = 'crosshair';
  map.on('click', ({ lngLat }) => put(lngLat.lng, lngLat.lat, false));
  section.addEventListener('picked', ({ detail }) => {
    map.getSource('picked').setData(point());
    if (detail.isFar) map.easeTo({ center: [Number(lon.value), Number(lat.value)], zoom: 15 });
  });
}

function put(east, north, isFar) {
  lon.value = east.toFixed(6);
  lat.value = north.toFixed(6);
  if (note) note.textContent = `${lon.value}, ${lat.value}`;
  lon.dispatchEvent(new Event('change', { bubbles: true }));
  section?.dispatchEvent(new CustomEvent('picked', { detail: { isFar } }));
}

function point() {
  const features = lon.value && lat.value
    ? [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [Number(lon.value), Number(lat.value)] } }] : [];
  return { type: 'FeatureCollection', features };
}
