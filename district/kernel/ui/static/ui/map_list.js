// The same features as words: popups, and tables for those who do not use the map.

import { number, t } from 'district/page';

const textOf = (value, unit) => `${number(value)}${value !== null && value !== undefined && value !== '' && unit ? ` ${unit}` : ''}`;

function linked(layer, properties, text) {
  const address = layer.link && properties[layer.link];
  // Only addresses of this site: a feature's property is data.
  if (!address || !String(address).startsWith('/')) return document.createTextNode(text);
  return Object.assign(document.createElement('a'), { href: address, textContent: text });
}

export function popupOf(layer, properties) {
  const box = Object.assign(document.createElement('div'), { className: 'd-popup' });
  const title = document.createElement('strong');
  title.append(linked(layer, properties, String(properties[layer.titleField] ?? layer.title)));
  box.append(title);
  const list = document.createElement('dl');
  for (const [property, name, unit] of layer.popup) {
    list.append(
      Object.assign(document.createElement('dt'), { textContent: name }),
      Object.assign(document.createElement('dd'), { textContent: textOf(properties[property], unit) }),
    );
  }
  box.append(list);
  return box;
}

export function listOf(layer, goTo) {
  const wrap = Object.assign(document.createElement('div'), { className: 'table-responsive', tabIndex: 0 });
  wrap.setAttribute('role', 'region');
  wrap.setAttribute('aria-label', layer.title);
  const table = Object.assign(document.createElement('table'), { className: 'table table-sm d-stacked' });
  table.createCaption().textContent = layer.title;
  const head = table.createTHead().insertRow();
  const titles = [t('名称'), ...layer.popup.map(([, name, unit]) => name + (unit ? `（${unit}）` : ''))];
  if (goTo) titles.push(t('位置'));
  for (const text of titles) head.append(Object.assign(document.createElement('th'), { scope: 'col', textContent: text }));
  const body = table.createTBody();
  for (const feature of layer.features.slice(0, 500)) {
    const line = body.insertRow();
    const name = Object.assign(document.createElement('th'), { scope: 'row' });
    name.append(linked(layer, feature.properties, String(feature.properties[layer.titleField] ?? '—')));
    line.append(name);
    layer.popup.forEach(([property], index) => {
      const cell = line.insertCell();
      cell.dataset.label = titles[index + 1];
      cell.textContent = number(feature.properties[property]);
    });
    if (goTo) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm', textContent: t('在图上看') });
      button.setAttribute('aria-label', `${t('在图上看')}：${feature.properties[layer.titleField] ?? ''}`);
      button.addEventListener('click', () => goTo(layer, feature));
      line.insertCell().append(button);
    }
  }
  wrap.append(table);
  return wrap;
}
