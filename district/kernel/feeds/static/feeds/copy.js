// A button with data-copy="#id" copies the text of that element and says data-copied.

import { toast } from 'district/page';

async function copy(source) {
  if (navigator.clipboard) return navigator.clipboard.writeText(source.textContent.trim());
  getSelection().selectAllChildren(source); // plain http: the older way, which copies what is selected
  document.execCommand('copy');
  return undefined;
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await copy(document.querySelector(button.dataset.copy));
  toast(button.dataset.copied, 'success');
});
