// Tiles that fetch themselves, keep themselves fresh, and say so when they cannot.

import { BACKGROUND, icon } from 'district/page';
import { every, live } from 'district/live';

const texts = document.getElementById('board-texts').dataset;

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

  /** htmx puts it in, so that charts and maps of the old content end and those of the new one start. */
  show(html) {
    const held = this.body.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    const { scrollTop } = this.body;
    window.htmx.swap(this.body, html, { swapStyle: 'innerHTML', settleDelay: 0, swapDelay: 0 });
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

const begin = () => { for (const tile of document.querySelectorAll('[data-tile]')) new TileView(tile); };
if (window.htmx) begin();
else window.addEventListener('DOMContentLoaded', begin);

document.querySelector('[data-choose-board]')?.addEventListener('change', (event) => event.target.form.submit());
