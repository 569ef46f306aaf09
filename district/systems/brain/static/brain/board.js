// Tiles that fetch themselves, keep themselves fresh, and say so when they cannot.

import { BACKGROUND, icon } from 'district/page';
import { every, live } from 'district/live';

const texts = document.getElementById('board-texts').dataset;

/** The legend of a map in a tile is folded: it would cover what is to be seen. */
function fold(map) {
  new MutationObserver((_changes, watch) => {
    const legend = map.querySelector('[data-map-panel] details');
    if (!legend) return;
    legend.open = false;
    watch.disconnect();
  }).observe(map, { childList: true, subtree: true });
}

export class TileView {
  constructor(tile) {
    this.tile = tile;
    this.body = tile.querySelector('[data-tile-body]');
    this.seen = '';
    this.due = 0;
    this.load();
    const soon = () => { if (!this.due) this.due = setTimeout(() => this.load(), 1500); };
    const seconds = Math.max(10, Number(tile.dataset.seconds) || 60);
    for (const topic of (tile.dataset.topics || '').split(',').filter(Boolean)) live(topic, soon, { poll: soon, seconds });
    // Time alone changes numbers too (what is late, what is of today); the map refreshes its own layers.
    every(seconds * 2, () => { if (!tile.querySelector('[data-map]')) this.load(); });
  }

  async load() {
    this.due = 0;
    if (!this.tile.isConnected) return;
    try {
      const url = `${this.tile.dataset.tileUrl}${this.seen ? `?seen=${this.seen}` : ''}`;
      const answer = await fetch(url, { headers: BACKGROUND, credentials: 'same-origin' });
      if (answer.status === 204) return;
      if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
      this.show(await answer.text());
      this.seen = answer.headers.get('X-Digest') || '';
    } catch {
      this.fail();
    } finally {
      this.tile.setAttribute('aria-busy', 'false');
    }
  }

  /** Charts and maps of the old content end, those of the new one start. Not by htmx: it drops the data of charts. */
  show(html) {
    const held = this.body.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    const { scrollTop } = this.body;
    for (const old of this.body.querySelectorAll('[data-chart], [data-map]')) old.dispatchEvent(new CustomEvent('htmx:beforeCleanupElement'));
    this.body.innerHTML = html;
    document.dispatchEvent(new CustomEvent('htmx:load', { detail: { elt: this.body } }));
    for (const map of this.body.querySelectorAll('[data-map]')) fold(map);
    this.body.scrollTop = scrollTop;
    if (held) [...this.body.querySelectorAll('a')].find((link) => link.getAttribute('href') === held)?.focus();
  }

  fail() {
    this.seen = '';
    if (this.body.querySelector('[data-tile-failed]')) return;
    const note = Object.assign(document.createElement('p'), { className: 'b-failed' });
    note.dataset.tileFailed = '';
    const again = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm', textContent: texts.again });
    again.addEventListener('click', () => this.load());
    note.append(icon('alert-triangle'), ` ${texts.failed} `, again);
    this.body.replaceChildren(note);
  }
}

for (const tile of document.querySelectorAll('[data-tile]')) new TileView(tile);

