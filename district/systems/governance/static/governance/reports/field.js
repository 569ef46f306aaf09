// Reports of a grid worker: kept on the phone first, sent when there is a network, each once by its key.

import { keepPages, openStore } from 'district/phone_store';

const root = document.querySelector('[data-field]');
const kept = openStore('district.field', { reports: 'key' });
const put = (report) => kept.put('reports', report);
const all = () => kept.all('reports');
const RETRY_S = 20;

if (root && window.indexedDB) start(root);

function start(page) {
  const form = page.querySelector('form');
  const list = page.querySelector('[data-queue]');
  const network = page.querySelector('[data-network]');
  let isSending = false;

  keepPages(page.dataset.worker, location.pathname);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    const fields = [...new FormData(form)].filter(([name, value]) => name !== 'csrfmiddlewaretoken' && !(value instanceof File && !value.size));
    await put({ key: form.elements.key.value, at: Date.now(), state: 'waiting', title: form.elements.text.value.slice(0, 40), fields });
    form.reset();
    form.elements.key.value = crypto.randomUUID();
    form.elements.lon.value = '';
    form.elements.lat.value = '';
    await show();
    send();
  });
  page.querySelector('[data-send-now]').addEventListener('click', send);
  addEventListener('online', send);
  addEventListener('offline', show);
  setInterval(send, RETRY_S * 1000);
  show().then(send);

  async function send() {
    await show();
    if (isSending || !navigator.onLine) return;
    isSending = true;
    for (const report of (await all()).filter((one) => one.state === 'waiting')) {
      const body = new FormData();
      report.fields.forEach(([name, value]) => body.append(name, value));
      try {
        const answer = await fetch(page.dataset.send, { method: 'POST', body, headers: { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value, Accept: 'application/json' } });
        // What was judged does not come again; anything else, a lost answer too, is sent again under the same key.
        if (answer.ok || answer.status === 400) {
          const told = await answer.json();
          await put({ ...report, state: answer.ok ? 'sent' : 'refused', number: told.number || '', why: told.detail || '', fields: answer.ok ? [] : report.fields });
        }
      } catch (error) {
        console.info('field: not sent yet', error.name);
        break;
      }
    }
    isSending = false;
    await show();
  }

  async function show() {
    network.textContent = navigator.onLine ? network.dataset.on : network.dataset.off;
    const rows = (await all()).sort((one, other) => other.at - one.at).slice(0, 50);
    list.replaceChildren(...rows.map(item));
  }

  function item(report) {
    const line = document.createElement('li');
    line.className = 'list-group-item';
    line.dataset.state = report.state;
    line.textContent = `${list.dataset[report.state]} ${report.number || ''} ${report.title} ${report.why || ''}`;
    return line;
  }
}
