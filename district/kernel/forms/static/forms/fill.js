// Filling in one form: opened from what the phone keeps, kept while it is written, sent when there is a network.

import { icon } from 'district/page';
import { keepPages } from 'district/phone_store';

const KEEP_AFTER_MS = 600;
const JUDGE_AFTER_MS = 500;
const root = document.querySelector('[data-fill]');
const phone = await import(root.dataset.phone);
const { Form, events, files } = await import(root.dataset.enketo);
const { parseList } = await import(root.dataset.lists);
const { t, timeOf } = phone;
const { owner, listing, preview } = root.dataset;
const [place, foot, said, notice, receipt] = ['place', 'foot', 'said', 'notice', 'receipt'].map((name) => root.querySelector(`[data-${name}]`));
const [, formId, kind, editing] = /\/forms\/(\d+)\/(fill|edit|preview)\/(?:([^/]+)\/)?/.exec(location.pathname) || [];
let form = null;
let made = null;
let record = null;
let keeping = null;
let isFinished = false;

if (!preview) keepPages(root.dataset.worker, '/forms/', { pages: root.dataset.pages, shell: root.dataset.shell });
phone.showNetwork(document.querySelector('[data-network]'));
root.querySelector('[data-finish]').addEventListener('click', finish);
addEventListener('hashchange', () => location.reload());
await open().catch((error) => {
  console.info('forms: not opened', error.message);
  tell(t('这张表还没有存到本机，请联网打开一次'));
});
root.dataset.ready = 'yes';

async function open() {
  const begun = await beginning();
  if (!begun.made) {
    tell(t('这张表还没有存到本机，请联网打开一次'));
    return;
  }
  ({ made, record } = begun);
  files.load(record?.files || []);
  const errors = await show(begun);
  if (errors.length) tell(`${t('表单没有打开，请把下面的话告诉管理员')}：${errors.join('；')}`);
  document.querySelector('[data-title]').textContent = made.title;
  document.title = made.title;
  const asked = [kind === 'edit' ? t('修改已发送的表') : '', preview ? t('预览，不保存也不发送') : ''].filter(Boolean);
  document.querySelector('[data-asked-by]').textContent = asked.join(' · ');
  foot.hidden = Boolean(preview);
  if (record) say(record.at);
  form.view.html.addEventListener(events.DataUpdate().type, changed);
}

/** What is opened: a record kept here, a sent one to change, or an empty form; and what it is made of. */
async function beginning() {
  if (preview) return { made: await phone.packageAt(preview, owner), record: null, xml: '', isSent: false };
  const named = location.hash.slice(1);
  const kept = named ? await phone.record(named, owner) : await draftOf(editing && decodeURIComponent(editing));
  if (kept && kept.state !== 'sent') return { made: await phone.keptVersion(kept.version, owner), record: kept, xml: kept.xml, isSent: false };
  if (kind === 'edit') return sentBefore();
  const list = await phone.listing(listing, owner);
  const told = list.forms.find((one) => String(one.form) === formId);
  return { made: told && (await phone.packageAt(told.package, owner)), record: null, xml: '', isSent: false };
}

async function draftOf(edits) {
  return edits ? (await phone.records(owner)).find((one) => one.edits === edits && one.state !== 'sent') : undefined;
}

async function sentBefore() {
  const answer = await fetch(`/forms/${formId}/sent/${editing}.json`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const sent = await answer.json();
  const kept = await Promise.all(sent.files.map(async ({ name, url }) => ({ name, blob: await phone.blobAt(url) })));
  if (sent.conflicts.length) showConflicts(notice, sent.conflicts);
  return { made: await phone.packageAt(sent.package, owner), record: { files: kept, isOfServer: true, edits: sent.instance }, xml: sent.xml, isSent: true };
}

async function show({ xml, isSent }) {
  const element = document.createRange().createContextualFragment(made.html).querySelector('form');
  element.querySelectorAll('[data-media]').forEach((one) => {
    const kept = made.files.find((file) => file.name === one.dataset.media);
    if (kept) one.setAttribute(one.localName === 'a' ? 'href' : 'src', URL.createObjectURL(kept.blob));
    else one.removeAttribute('src');
    if (one.localName === 'img' && !one.alt) one.alt = '';
  });
  element.querySelectorAll('[data-i18n]').forEach((one) => { one.textContent = JSON.parse(document.getElementById('enketo-texts').textContent)[one.dataset.i18n] || one.textContent; });
  place.replaceChildren(element);
  const session = { deviceid: await phone.deviceName(), username: owner };
  form = new Form(element, { modelStr: made.model, instanceStr: xml || null, submitted: isSent, external: await lists(), session }, {});
  // The security policy runs no handler written into an attribute; a listener does the same.
  const { attr } = form.view.$;
  form.view.$.attr = (name, ...rest) => (name === 'onsubmit' ? form.view.$ : attr.call(form.view.$, name, ...rest));
  element.addEventListener('submit', (event) => event.preventDefault());
  const errors = form.init();
  if (element.contains(document.activeElement)) document.activeElement.blur();
  hideNotes(element);
  judgeWhileTyping(element);
  nameButtons(element);
  new MutationObserver(() => nameButtons(element)).observe(element, { childList: true, subtree: true });
  return errors;
}

/** A note is words alone: the field it comes with stays empty for good. */
function hideNotes(element) {
  element.querySelectorAll('.question > input[readonly]:not(.hide), .question > textarea[readonly]').forEach((field) => {
    const isWritten = field.value || field.dataset.calculate || element.querySelector(`[data-setvalue][name="${CSS.escape(field.name)}"]`);
    if (!isWritten) field.hidden = true;
  });
}

/** Judged when the typing pauses, not when the field is left: what moves then would move under the finger that taps. */
function judgeWhileTyping(element) {
  let waiting = null;
  element.addEventListener('input', (event) => {
    const field = event.target;
    if (event.isComposing || !field.matches('input:not(.ignore):not([type="radio"]):not([type="checkbox"]):not([type="file"]), textarea:not(.ignore)')) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => field.dispatchEvent(new Event('change', { bubbles: true })), field.closest('.invalid-constraint, .invalid-required') ? 0 : JUDGE_AFTER_MS);
  });
}

/** The buttons of repeated groups are drawn as marks only. */
function nameButtons(element) {
  element.querySelectorAll('.add-repeat-btn:not([data-named]), .repeat-buttons .remove:not([data-named])').forEach((button) => {
    button.dataset.named = 'yes';
    button.textContent = button.classList.contains('remove') ? t('删除这一组') : t('再加一组');
  });
}

/** Lists that lie beside the form: registers of the district, as XML under the name the model gives them. */
async function lists() {
  const model = new DOMParser().parseFromString(made.model, 'text/xml');
  const wanted = [...model.querySelectorAll('instance[src]')].map((one) => [one.id, one.getAttribute('src').split('/').pop()]);
  return Promise.all(wanted.map(async ([id, name]) => {
    const kept = made.files.find((file) => file.name === name);
    return kept ? { id, xml: parseList(await kept.blob.text(), name) } : null;
  }));
}

function changed() {
  if (preview || isFinished || !form.initialized) return;
  clearTimeout(keeping);
  keeping = setTimeout(() => keepDraft('draft'), KEEP_AFTER_MS);
}
addEventListener('pagehide', () => { if (keeping) keepDraft('draft'); });

async function keepDraft(state) {
  clearTimeout(keeping);
  keeping = null;
  const xml = form.getDataStr(state === 'waiting' ? { irrelevant: false } : {});
  const key = form.instanceID;
  const one = { key, owner, form: Number(formId), version: made.version, title: made.title, summary: summary(), edits: record?.edits || '', xml, files: files.getCurrentFiles(xml), state, at: Date.now(), why: '', isTried: Boolean(record?.isTried) };
  try {
    await phone.keep(one);
  } catch (error) {
    console.info('forms: not kept', error.name);
    tell(t('手机存不下了，请删除一些照片后再试'));
    return null;
  }
  record = one;
  if (location.hash.slice(1) !== key) history.replaceState(null, '', `${location.pathname}#${key}`);
  say(one.at);
  return one;
}

/** The first answers, to know the draft by. */
function summary() {
  const shown = [...place.querySelectorAll('.question:not(.disabled) input.autocomplete, .question:not(.disabled) input[type="text"]:not(.ignore):not(.hide), .question:not(.disabled) .option-wrapper label:has(input:checked)')];
  return shown.map((one) => (one.localName === 'label' ? one.textContent.trim() : one.value)).filter(Boolean).slice(0, 2).join(' · ').slice(0, 60);
}

function say(at) { said.textContent = t('已保存在本机 {time}', { time: timeOf(at) }); }

function tell(words) { notice.textContent = words; }

async function finish() {
  if (!(await form.validate())) {
    const wrong = [...place.querySelectorAll('.question.invalid-required, .question.invalid-constraint, .question.invalid-relevant')];
    wrong.forEach((one) => one.querySelectorAll('input, select, textarea').forEach((field) => field.setAttribute('aria-invalid', 'true')));
    said.textContent = t('还有 {n} 处没有填好，已为您跳到第一处', { n: wrong.length });
    wrong[0]?.scrollIntoView({ block: 'center' });
    wrong[0]?.querySelector('input:not([type="hidden"]):not(.hide), select, textarea, button')?.focus({ preventScroll: true });
    return;
  }
  // From here on nothing that is still calculated makes a draft of it again.
  isFinished = true;
  form.view.html.dispatchEvent(events.BeforeSave());
  let one = await keepDraft('waiting');
  if (!one) {
    isFinished = false;
    return;
  }
  if (one.isTried) one = await phone.asEdit(one);
  foot.hidden = true;
  place.hidden = true;
  notice.replaceChildren();
  showReceipt(one, t('正在发送…'), 'send');
  const told = await phone.sendWaiting(listing, owner);
  const now = (await phone.record(one.key, owner)) || (await phone.records(owner)).find((each) => each.edits === one.key);
  if (now.state === 'sent') showReceipt(now, `${t('已收到')}，${t('回执号')} ${now.number}`, 'circle-check');
  else if (now.state === 'refused') showReceipt(now, `${t('没有收下')}：${now.why}`, 'alert-triangle');
  else showReceipt(now, told.isSignedOut ? t('登录已过期，请重新登录后再发送，填写的内容都在本机') : t('已保存，等有网络时自动发送'), 'device-mobile-check');
}

function showReceipt(one, words, mark) {
  receipt.dataset.state = one.state;
  const head = document.createElement('h2');
  head.append(icon(mark), ` ${words}`);
  receipt.replaceChildren(head);
  if (one.conflicts?.length) showConflicts(receipt, one.conflicts);
  const row = Object.assign(document.createElement('p'), { className: 'f-buttons' });
  row.append(link('/forms/', document.querySelector('.d-actions a').textContent.trim()), link(`/forms/${formId}/fill/`, t('再填一份')));
  receipt.append(row);
  receipt.hidden = false;
  receipt.focus();
}

function link(address, words) { return Object.assign(document.createElement('a'), { className: 'btn btn-lg', href: address, textContent: words }); }

/** Both values, by whom and when; nothing is overwritten in silence. */
function showConflicts(into, conflicts) {
  const words = Object.assign(document.createElement('p'), { className: 'f-wrong', textContent: t('与别人填写的不同，两种内容都已保留，由主管单位核实') });
  into.append(words, ...conflicts.map(({ about, said: values }) => {
    const box = Object.assign(document.createElement('section'), { className: 'f-conflict' });
    box.append(Object.assign(document.createElement('h3'), { textContent: about }));
    const lines = Object.assign(document.createElement('ul'), {});
    lines.append(...values.map((each) => {
      const line = document.createElement('li');
      const value = Object.assign(document.createElement('strong'), { textContent: each.value || '—' });
      line.append(value, ` ${each.by} · ${timeOf(each.at)}`, each.is_shown ? ` · ${t('暂用')}` : '');
      return line;
    }));
    box.append(lines);
    return box;
  }));
}
