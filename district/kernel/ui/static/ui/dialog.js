// Questions to the reader, in a <dialog>: keyboard, focus and Escape are the browser's own.

import { t } from 'district/page';

function open(text, fill) {
  return new Promise((answer) => {
    const box = document.createElement('dialog');
    box.className = 'd-dialog';
    const form = Object.assign(document.createElement('form'), { method: 'dialog' });
    const question = Object.assign(document.createElement('p'), { textContent: text, id: 'd-dialog-text' });
    box.setAttribute('aria-labelledby', 'd-dialog-text');
    const foot = Object.assign(document.createElement('div'), { className: 'd-dialog-foot' });
    const no = Object.assign(document.createElement('button'), { className: 'btn', value: 'no', textContent: t('取消'), type: 'button' });
    const yes = Object.assign(document.createElement('button'), { className: 'btn btn-primary', value: 'yes', textContent: t('确定') });
    no.addEventListener('click', () => box.close('no'));
    foot.append(no, yes);
    form.append(question);
    const field = fill ? fill(form) : null;
    form.append(foot);
    box.append(form);
    document.body.append(box);
    box.addEventListener('close', () => {
      const said = box.returnValue === 'yes';
      box.remove();
      answer(field ? (said ? field.value.trim() : '') : said);
    });
    box.showModal();
    (field || yes).focus();
  });
}

/** Resolves to true when the reader agrees. */
export const confirmed = (text) => open(text, null);

/** Resolves to the text given, or to '' when the reader thinks better of it. */
export const asked = (text, maxLength = 60) => open(text, (form) => {
  const field = Object.assign(document.createElement('input'), { className: 'form-control', required: true, maxLength });
  field.setAttribute('aria-labelledby', 'd-dialog-text');
  form.append(field);
  return field;
});

// A form or button with data-confirm asks first.
document.addEventListener('submit', async (event) => {
  const text = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (!text || event.target.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await confirmed(text))) return;
  event.target.dataset.confirmed = '1';
  event.target.requestSubmit(event.submitter || undefined);
  delete event.target.dataset.confirmed;
}, true);

document.addEventListener('htmx:confirm', async (event) => {
  const text = event.detail.elt.getAttribute('data-confirm');
  if (!text || event.detail.elt.tagName === 'FORM') return;
  event.preventDefault();
  if (await confirmed(text)) event.detail.issueRequest(true);
});
