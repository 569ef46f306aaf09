// Arranging a board: by dragging, by the buttons of a tile, or by the arrow keys on its handle.

import { announce, config, icon, toast } from 'district/page';
import { asked } from 'district/dialog';
import { TileView } from './board.js';

const texts = document.getElementById('board-texts').dataset;
const board = document.querySelector('[data-board]');
const editor = document.querySelector('[data-editor]');
const toggle = document.querySelector('[data-edit]');
const choice = document.querySelector('[data-add-choice]');
const most = Number(board.dataset.mostPages);
const tiles = () => [...board.querySelectorAll('[data-tile]')];
const titleOf = (tile) => tile.querySelector('h2').textContent.trim();
let dragged = null;

function edit(on) {
  editor.hidden = !on;
  toggle.setAttribute('aria-pressed', String(on));
  board.classList.toggle('b-editing', on);
  for (const tile of tiles()) {
    tile.draggable = on;
    tile.querySelector('.b-tools')?.remove();
    if (on) tile.querySelector('.b-head').append(toolsOf(tile));
  }
  choice.disabled = !choice.options.length;
}

function toolsOf(tile) {
  const bar = Object.assign(document.createElement('div'), { className: 'b-tools' });
  const add = (name, text, act) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-icon btn-sm' });
    button.setAttribute('aria-label', `${text}：${titleOf(tile)}`);
    button.title = text;
    button.append(icon(name));
    button.addEventListener('click', act);
    bar.append(button);
    return button;
  };
  const handle = add('grip-vertical', texts.handle.replace('{title}', titleOf(tile)), () => {});
  handle.dataset.handle = '';
  handle.setAttribute('aria-describedby', 'board-help');
  handle.addEventListener('keydown', (event) => byKey(event, tile));
  add('arrow-left', texts.earlier, () => move(tile, -1));
  add('arrow-right', texts.later, () => move(tile, 1));
  add('arrow-bar-right', texts.wider, () => size(tile, 1, 0));
  add('arrow-bar-left', texts.narrower, () => size(tile, -1, 0));
  add('arrow-bar-down', texts.taller, () => size(tile, 0, 1));
  add('arrow-bar-up', texts.lower, () => size(tile, 0, -1));
  const screen = Object.assign(document.createElement('select'), { className: 'form-select form-select-sm' });
  screen.setAttribute('aria-label', `${texts.screen}：${titleOf(tile)}`);
  for (let number = 1; number <= most; number += 1) screen.append(new Option(String(number), String(number)));
  screen.value = tile.dataset.screen;
  screen.addEventListener('change', () => { tile.dataset.screen = screen.value; gridOf(Number(screen.value)).append(tile); screen.focus(); });
  bar.append(screen);
  add('eye-off', texts.hide, () => hide(tile)).dataset.hide = '';
  return bar;
}

function byKey(event, tile) {
  const step = { ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1] }[event.key];
  if (!step) return;
  event.preventDefault();
  if (event.shiftKey) size(tile, ...step);
  else move(tile, step[0] || step[1]);
}

function move(tile, by) {
  const all = tiles();
  const other = all[all.indexOf(tile) + by];
  if (!other) return;
  const held = document.activeElement;
  place(tile, other, by < 0);
  held?.focus();
  announce(texts.moved.replace('{n}', String(tiles().indexOf(tile) + 1)));
}

function place(tile, other, before) {
  other[before ? 'before' : 'after'](tile);
  tile.dataset.screen = other.dataset.screen;
  const screen = tile.querySelector('.b-tools select');
  if (screen) screen.value = tile.dataset.screen;
}

function size(tile, wider, taller) {
  const width = Math.min(4, Math.max(1, Number(tile.dataset.width) + wider));
  const height = Math.min(3, Math.max(1, Number(tile.dataset.height) + taller));
  tile.classList.remove(`b-w-${tile.dataset.width}`, `b-h-${tile.dataset.height}`);
  Object.assign(tile.dataset, { width, height });
  tile.classList.add(`b-w-${width}`, `b-h-${height}`);
}

function hide(tile) {
  const { tile: value, tileUrl: url, topics, seconds, width, height } = tile.dataset;
  const option = new Option(titleOf(tile), value);
  Object.assign(option.dataset, { url, topics, seconds, width, height });
  choice.append(option);
  choice.disabled = false;
  const all = tiles();
  const next = all[all.indexOf(tile) + 1] || all[all.indexOf(tile) - 1];
  announce(`${titleOf(tile)}：${texts.hidden}`);
  tile.remove();
  (next?.querySelector('[data-handle]') || document.querySelector('[data-save]')).focus();
}

/** The grid of a screen, made when the board has none yet. */
function gridOf(number) {
  const found = tiles().find((tile) => Number(tile.dataset.screen) === number && tile.closest('.b-grid').children[0] === tile);
  const grids = [...board.querySelectorAll('.b-grid')];
  const grid = found?.closest('.b-grid') || grids.find((each) => !each.children.length);
  if (grid) return grid;
  const page = Object.assign(document.createElement('section'), { className: 'b-page' });
  const made = Object.assign(document.createElement('div'), { className: 'b-grid' });
  page.append(made);
  board.append(page);
  return made;
}

function add() {
  const option = choice.selectedOptions[0];
  if (!option) return;
  const screen = tiles().at(-1)?.dataset.screen || '1';
  const tile = Object.assign(document.createElement('article'), { className: `card b-tile b-w-${option.dataset.width} b-h-${option.dataset.height}`, draggable: true });
  Object.assign(tile.dataset, { tile: option.value, tileUrl: option.dataset.url, topics: option.dataset.topics, seconds: option.dataset.seconds, width: option.dataset.width, height: option.dataset.height, screen });
  tile.setAttribute('aria-label', option.text);
  const head = Object.assign(document.createElement('header'), { className: 'b-head' });
  head.append(Object.assign(document.createElement('h2'), { textContent: option.text }));
  const body = Object.assign(document.createElement('div'), { className: 'b-body', tabIndex: 0 });
  body.dataset.tileBody = '';
  body.setAttribute('role', 'region');
  body.setAttribute('aria-label', option.text);
  tile.append(head, body);
  (tiles().at(-1)?.closest('.b-grid') || gridOf(1)).append(tile);
  head.append(toolsOf(tile));
  new TileView(tile);
  option.remove();
  choice.disabled = !choice.options.length;
  tile.querySelector('[data-handle]').focus();
}

async function save(name = '') {
  const wanted = tiles().map(({ dataset }) => ({ key: dataset.tile, page: Number(dataset.screen), width: Number(dataset.width), height: Number(dataset.height) }));
  const answer = await fetch(board.dataset.arrangeUrl, {
    method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json', 'X-CSRFToken': config.csrf },
    body: JSON.stringify({ board: Number(board.dataset.board), name, tiles: wanted }),
  });
  const said = await answer.json().catch(() => ({ words: texts.failed }));
  if (answer.ok) location.assign(said.url);
  else toast(said.words, 'danger');
}

toggle.addEventListener('click', () => edit(editor.hidden));
document.querySelector('[data-add]').addEventListener('click', add);
document.querySelector('[data-save]').addEventListener('click', () => save());
document.querySelector('[data-save-as]').addEventListener('click', async () => { const name = await asked(texts.name); if (name) save(name); });
document.querySelector('[data-cancel]').addEventListener('click', () => location.reload());

board.addEventListener('dragstart', (event) => {
  dragged = event.target.closest?.('[data-tile]');
  if (!dragged) return;
  dragged.classList.add('is-dragged');
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.dataset.tile);
});
board.addEventListener('dragover', (event) => {
  const over = event.target.closest?.('[data-tile]');
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const all = tiles();
  place(dragged, over, all.indexOf(dragged) > all.indexOf(over));
});
board.addEventListener('drop', (event) => event.preventDefault());
board.addEventListener('dragend', () => { dragged?.classList.remove('is-dragged'); dragged = null; });
