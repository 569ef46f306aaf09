// What Enketo says, in the language of the page: the page carries the texts, see kernel/forms/web/texts.py.
const source = document.getElementById('enketo-texts');
const texts = source ? JSON.parse(source.textContent) : {};

export function t(key, options = {}) {
  return (texts[key] ?? '').replace(/__([^_]+)__/g, (_match, name) => options[name] ?? '');
}
