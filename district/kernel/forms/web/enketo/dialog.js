// Enketo's questions to the person filling in, in the dialogue element of our pages.
import { t } from './translator';

function ask(content, { isQuestion, value }) {
  const { message = content, heading = '' } = typeof content === 'object' ? content : {};
  const dialog = document.createElement('dialog');
  dialog.className = 'f-dialog';
  const head = Object.assign(document.createElement('h2'), { textContent: heading });
  const text = Object.assign(document.createElement('p'), { textContent: message });
  const field = Object.assign(document.createElement('input'), { className: 'form-control', value: value ?? '' });
  field.setAttribute('aria-label', message);
  const row = Object.assign(document.createElement('div'), { className: 'btn-list' });
  const button = (label, kind, answer) => {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: `btn btn-lg ${kind}`, textContent: label });
    made.addEventListener('click', () => dialog.close(answer));
    return made;
  };
  row.append(button(t('dialog.yes'), 'btn-primary', 'yes'));
  if (isQuestion) row.append(button(t('dialog.no'), '', ''));
  dialog.append(...(heading ? [head] : []), text, ...(value === undefined ? [] : [field]), row);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(dialog.returnValue === 'yes' && (value === undefined ? true : field.value));
    });
  });
}

export default {
  alert: (content) => ask(content, { isQuestion: false }),
  confirm: (content) => ask(content, { isQuestion: true }),
  prompt: (content, value = '') => ask(content, { isQuestion: true, value }),
};
