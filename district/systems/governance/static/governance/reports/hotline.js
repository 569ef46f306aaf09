// One hand on the keyboard: Alt+1 … 5 takes a proposed class, Ctrl+Enter opens the case. Likely doubles go on the map.

const root = document.querySelector('[data-hotline]');
const form = root?.querySelector('form');
const section = root?.querySelector('[data-map]');

if (form) {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey && event.key === 'Enter') {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.altKey && /^[1-9]$/.test(event.key)) {
      const button = root.querySelectorAll('[data-choose]')[Number(event.key) - 1];
      if (button) { event.preventDefault(); choose(button); }
    }
  });
  root.addEventListener('click', (event) => {
    const button = event.target.closest('[data-choose]');
    if (button) choose(button);
  });
  document.body.addEventListener('htmx:afterSwap', ({ detail }) => { if (detail.target.id === 'reading') show(); });
}

function choose(button) {
  form.elements.code.value = button.dataset.choose;
  root.querySelectorAll('[data-choose]').forEach((one) => one.classList.toggle('active', one === button));
}

function show() {
  const { map } = section?.districtMap || {};
  if (!map || !section.dataset.ready) return;
  const points = JSON.parse(root.querySelector('[data-points]')?.textContent || '[]');
  const features = points.map((one) => ({ type: 'Feature', properties: { number: one.number }, geometry: { type: 'Point', coordinates: [one.lon, one.lat] } }));
  const data = { type: 'FeatureCollection', features };
  if (map.getSource('doubles')) map.getSource('doubles').setData(data);
  else {
    map.addSource('doubles', { type: 'geojson', data });
    map.addLayer({ id: 'doubles', type: 'circle', source: 'doubles', paint: { 'circle-radius': 7, 'circle-color': '#e67700', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 } });
  }
}
