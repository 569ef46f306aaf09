// A step's form: questions that depend on others, and the place where one stands.

import { toast } from 'district/page';

const valueOf = (form, name) => {
  const fields = [...form.elements].filter((each) => each.name === name);
  if (!fields.length) return undefined;
  const chosen = fields[0].type === 'radio' ? fields.find((each) => each.checked)?.value : fields[0].value;
  return { yes: true, no: false }[chosen] ?? chosen;
};

function follow(form) {
  const within = form.querySelectorAll('[data-when]');
  const look = () => {
    for (const asked of within) {
      const name = asked.name || asked.querySelector('input')?.name || '';
      const prefix = name.includes('-') ? name.slice(0, name.indexOf('-') + 1) : '';
      const wanted = JSON.parse(asked.dataset.when);
      const holds = Object.entries(wanted).every(([key, value]) => valueOf(form, prefix + key) === value);
      const row = asked.closest('.mb-3');
      row.hidden = !holds;
      for (const field of row.querySelectorAll('input, select, textarea')) field.disabled = !holds;
    }
  };
  form.addEventListener('change', look);
  look();
}

function offerPlace(field) {
  if (!navigator.geolocation) return;
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm mt-1', textContent: field.form.dataset.here });
  button.addEventListener('click', () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => { field.value = `${coords.longitude.toFixed(6)}, ${coords.latitude.toFixed(6)}`; },
    () => toast(field.form.dataset.nowhere, 'danger'),
  ));
  field.after(button);
}

for (const form of document.querySelectorAll('form[data-step]')) {
  follow(form);
  form.querySelectorAll('[data-place]').forEach(offerPlace);
}
