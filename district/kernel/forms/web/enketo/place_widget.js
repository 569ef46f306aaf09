// A place: where the phone is, with one tap. Points only; lines and areas are typed or drawn in the other client.
import Widget from 'enketo-core/src/js/widget';
import { t } from './translator';

export default class PlaceWidget extends Widget {
  static get name() { return 'PlaceWidget'; }

  static get selector() {
    return '.question input[data-type-xml="geopoint"]:not([data-setvalue]):not([data-setgeopoint])';
  }

  _init() {
    this.element.setAttribute('readonly', 'readonly');
    this.button = Object.assign(document.createElement('button'), { type: 'button', className: 'widget btn btn-lg ignore' });
    const mark = Object.assign(document.createElement('i'), { className: 'ti ti-current-location' });
    mark.setAttribute('aria-hidden', 'true');
    this.words = Object.assign(document.createElement('p'), { className: 'f-words' });
    this.words.setAttribute('role', 'status');
    this.button.append(mark, ` ${t('place.here')}`);
    this.element.before(this.button);
    this.element.after(this.words);
    this.button.addEventListener('click', (event) => { event.preventDefault(); this.find(); });
    this.button.hidden = !navigator.geolocation;
  }

  find() {
    this.words.textContent = t('place.finding');
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const numbers = [coords.latitude.toFixed(6), coords.longitude.toFixed(6), Math.round(coords.altitude ?? 0), Math.round(coords.accuracy)];
      this.originalInputValue = numbers.join(' ');
      this.words.textContent = t('place.found', { metres: String(Math.round(coords.accuracy)) });
    }, (error) => {
      console.info('forms: no position', error.code);
      this.words.textContent = t('place.none');
    }, { enableHighAccuracy: true, timeout: 15000 });
  }

  disable() { this.button.disabled = true; }

  enable() { this.button.disabled = false; }
}
