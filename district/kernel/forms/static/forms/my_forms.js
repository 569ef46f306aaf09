// A clerk's forms: to fill in, kept as drafts, waiting to be sent, sent.

import { icon } from 'district/page';
import { keepPages } from 'district/phone_store';

const RETRY_S = 20;
const FIRST_SENT = 5;
const root = document.querySelector('[data-forms]');
const phone = await import(root.dataset.phone);
const { t, timeOf } = phone;
const { owner, listing } = root.dataset;
const said = document.querySelector('[data-said]');
let list = { forms: [], sent: [] };
let keptVersions = new Set();
let isAllShown = false;

keepPages(root.dataset.worker, '/forms/', { pages: root.dataset.pages, shell: root.dataset.shell });
phone.showNetwork(document.querySelector('[data-network]'), send);
root.querySelector('[data-send-now]').addEventListener('click', send);
setInterval(send, RETRY_S * 1000);
await start();

async function start() {
  list = await phone.listing(listing, owner);
  if (list.isSignedOut) said.textContent = t('登录已过期，请重新登录后再发送，填写的内容都在本机');
  if (list.isUnknown) said.textContent = t('第一次使用请联网打开');
  await show();
  await phone.keepPackages(list, show);
  await show();
  root.dataset.ready = 'yes';
  await send();
}

async function send() {
  const told = await phone.sendWaiting(listing, owner);
  if (told.isSignedOut) said.textContent = t('登录已过期，请重新登录后再发送，填写的内容都在本机');
  if (told.sent) {
    said.textContent = t('发送成功 {n} 份', { n: told.sent });
    list = await phone.listing(listing, owner);
  }
  await show();
}

async function show() {
  const records = await phone.records(owner);
  keptVersions = new Set((await phone.store.all('packages')).filter((one) => one.owner === owner).map((one) => one.key));
  fillList('fill', list.forms.map(formItem), t('没有要填的表'));
  fillList('draft', records.filter((one) => one.state === 'draft').map(draftItem), t('本机没有草稿'));
  fillList('waiting', records.filter((one) => one.state === 'waiting' || one.state === 'refused').map(waitingItem), t('没有等待发送的'));
  const known = new Set(list.sent.map((one) => one.number));
  const own = records.filter((one) => one.state === 'sent' && !known.has(one.number)).map((one) => ({ ...one, at: one.answeredAt, conflicts: one.conflicts?.length || 0, edit: '' }));
  const sent = [...own, ...list.sent];
  fillList('sent', sent.slice(0, isAllShown ? sent.length : FIRST_SENT).map(sentItem), t('还没有发送过'), sent.length);
}

function fillList(key, items, nothing, total = items.length) {
  const section = root.querySelector(`[data-list="${key}"]`);
  section.querySelector('[data-count]').textContent = total;
  section.classList.toggle('is-empty', !items.length);
  const none = make('li', 'f-nothing', nothing);
  const more = total > items.length ? [make('li', '', moreButton(total))] : [];
  section.querySelector('[data-items]').replaceChildren(...(items.length ? items : [none]), ...more);
}

function moreButton(total) {
  const button = make('button', 'btn btn-lg w-100', t('全部 {n} 份', { n: total }));
  button.type = 'button';
  button.addEventListener('click', () => { isAllShown = true; show(); });
  return button;
}

function make(tag, className, ...inside) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...inside.filter(Boolean));
  return element;
}

function link(address, words, kind = 'btn-primary', about = '') {
  const element = make('a', `btn btn-lg ${kind}`, words);
  element.href = address;
  if (about) element.setAttribute('aria-label', `${words} ${about}`);
  return element;
}

function formItem(form) {
  const facts = [t('{n} 个问题', { n: form.questions }), form.held ? t('其中 {n} 个已由部门提供', { n: form.held }) : '', t('大约 {n} 分钟', { n: form.minutes })].filter(Boolean).join(' · ');
  const isKept = keptVersions.has(form.version);
  const state = make('span', `f-kept${isKept ? ' is-kept' : ''}`, icon(isKept ? 'device-mobile-check' : 'cloud'), ` ${isKept ? t('已存到本机，没有网络也能填') : t('还没有存到本机')}`);
  const item = make('li', 'f-item', make('strong', 'f-name', form.title), make('span', 'f-about', form.organisation), make('span', 'f-about', facts), state, link(form.fill, t('开始填写'), 'btn-primary', form.title));
  item.dataset.form = form.form;
  item.dataset.kept = isKept ? 'yes' : 'no';
  return item;
}

function placeOf(record) {
  return record.edits ? `/forms/${record.form}/edit/${encodeURIComponent(record.edits)}/#${record.key}` : `/forms/${record.form}/fill/#${record.key}`;
}

function draftItem(record) {
  const remove = make('button', 'btn btn-lg', t('删除草稿'));
  remove.type = 'button';
  remove.setAttribute('aria-label', `${t('删除草稿')} ${record.title}`);
  remove.addEventListener('click', async () => {
    if (!confirm(t('要删除这份草稿吗？删除后不能恢复。'))) return;
    await phone.forget(record.key);
    await show();
  });
  return make('li', 'f-item', make('strong', 'f-name', record.title), make('span', 'f-about', record.summary || ''), make('span', 'f-about', timeOf(record.at)), make('span', 'f-buttons', link(placeOf(record), t('继续填写'), 'btn-primary', record.title), remove));
}

function waitingItem(record) {
  const isRefused = record.state === 'refused';
  const item = make('li', 'f-item', make('strong', 'f-name', record.title), make('span', 'f-about', record.summary || ''), make('span', 'f-about', [timeOf(record.at), record.files.length ? t('附件 {n} 个', { n: record.files.length }) : ''].filter(Boolean).join(' · ')), make('span', isRefused ? 'f-wrong' : 'f-about', isRefused ? `${t('没有通过')}：${record.why}` : t('等待发送')), isRefused ? link(placeOf(record), t('修改后再发'), 'btn-primary', record.title) : '');
  item.dataset.state = record.state;
  return item;
}

function sentItem(one) {
  const item = make('li', 'f-item', make('strong', 'f-name', one.title), make('span', 'f-about', `${t('回执号')} ${one.number}`), make('span', 'f-about', [timeOf(one.at), one.review ? `${t('审核')}：${one.review}` : ''].filter(Boolean).join(' · ')), one.conflicts ? make('span', 'f-wrong', icon('alert-triangle'), ` ${t('有不同填写')}`) : '', one.edit ? link(one.edit, t('查看修改'), '', one.title) : '');
  item.dataset.state = 'sent';
  return item;
}
