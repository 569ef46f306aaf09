// Nearest station first. The position is used here and goes nowhere.

const button = document.querySelector('[data-nearest]');
const list = document.querySelector('[data-stations]');
const note = document.querySelector('[data-nearest-note]');

if (button && list && navigator.geolocation) {
  button.hidden = false;
  note.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(sortFrom, () => { button.disabled = false; }, { maximumAge: 600000, timeout: 10000 });
  });
}

function sortFrom({ coords }) {
  const items = [...list.children].filter((item) => item.dataset.lon);
  for (const item of items) {
    item.distance = distanceKm(coords.longitude, coords.latitude, Number(item.dataset.lon), Number(item.dataset.lat));
    item.querySelector('[data-distance]').textContent = `${item.distance.toFixed(1)} km`;
  }
  list.append(...items.sort((one, other) => one.distance - other.distance));
  button.disabled = false;
}

function distanceKm(lon, lat, otherLon, otherLat) {
  const radians = Math.PI / 180;
  const chord = Math.sin(((otherLat - lat) * radians) / 2) ** 2
    + Math.cos(lat * radians) * Math.cos(otherLat * radians) * Math.sin(((otherLon - lon) * radians) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(chord));
}
