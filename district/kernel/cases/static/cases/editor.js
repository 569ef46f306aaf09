// The modeler of bpmn-js with a panel of our own for what the engine reads: properties of steps, conditions of flows.

const SPIFF = 'http://spiffworkflow.org/bpmn/schema/1.0/core';
const payload = JSON.parse(document.getElementById('payload').textContent);
const texts = payload.texts;
const panel = document.getElementById('properties');
const form = document.getElementById('save');
const STEPS = ['bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:ReceiveTask'];
const NAMES = ['role', 'unit', 'stage', 'limit', 'warn', 'form', 'joint', 'page'];
const modeler = new window.BpmnJS({ container: document.getElementById('modeler') });

const prefixOf = () => {
  const known = modeler.get('moddle').ids ? Object.entries(modeler.getDefinitions().$attrs) : [];
  const found = known.find(([name, value]) => name.startsWith('xmlns:') && value === SPIFF);
  return found ? found[0].slice(6) : 'spiffworkflow';
};

function propertiesOf(object) {
  const values = object.extensionElements?.values || [];
  const list = values.find((each) => each.$type.endsWith(':properties'));
  return Object.fromEntries((list?.$children || []).map((each) => [each.name, each.value]));
}

function setProperties(element, given) {
  const moddle = modeler.get('moddle');
  const prefix = prefixOf();
  const object = element.businessObject;
  const others = (object.extensionElements?.values || []).filter((each) => !each.$type.endsWith(':properties'));
  const children = Object.entries(given).filter(([, value]) => value !== '')
    .map(([name, value]) => moddle.createAny(`${prefix}:property`, SPIFF, { name, value }));
  const list = moddle.createAny(`${prefix}:properties`, SPIFF, { $children: children });
  const extensionElements = moddle.create('bpmn:ExtensionElements', { values: [...others, list] });
  list.$parent = extensionElements;
  modeler.get('modeling').updateProperties(element, { extensionElements });
}

function field(label, value, change, { choices, long } = {}) {
  const id = `p-${panel.querySelectorAll('label').length}`;
  const row = document.createElement('div');
  row.className = 'mb-2';
  const title = Object.assign(document.createElement('label'), { className: 'form-label', textContent: label, htmlFor: id });
  const control = document.createElement(choices ? 'select' : long ? 'textarea' : 'input');
  control.id = id;
  control.className = choices ? 'form-select' : 'form-control';
  if (long) control.rows = 4;
  for (const [key, text] of choices || []) control.append(Object.assign(document.createElement('option'), { value: key, textContent: text }));
  if (choices && value && !choices.some(([key]) => key === value)) control.append(Object.assign(document.createElement('option'), { value, textContent: value }));
  control.value = value || '';
  control.addEventListener('change', () => change(control.value.trim()));
  row.append(title, control);
  panel.append(row);
}

function step(element, given) {
  const put = (name) => (value) => setProperties(element, { ...propertiesOf(element.businessObject), [name]: value });
  const roles = [['', '—'], ...payload.roles];
  const names = element.type === 'bpmn:ReceiveTask' ? [...NAMES, 'system', 'procedure'] : NAMES;
  for (const name of names) field(texts[name], given[name], put(name), name === 'role' ? { choices: roles } : {});
  const asked = Object.entries(given).filter(([name]) => name.startsWith('ask.'));
  field(texts.asks, asked.map(([name, value]) => `${name.slice(4)}=${value}`).join('\n'), (text) => {
    const kept = Object.fromEntries(Object.entries(propertiesOf(element.businessObject)).filter(([name]) => !name.startsWith('ask.')));
    for (const line of text.split('\n')) {
      const [key, ...rest] = line.split('=');
      if (key.trim() && rest.length) kept[`ask.${key.trim()}`] = rest.join('=').trim();
    }
    setProperties(element, kept);
  }, { long: true });
}

function show(element) {
  panel.replaceChildren(Object.assign(document.createElement('h2'), { className: 'card-title', textContent: texts.properties }));
  if (!element || element.type === 'label') {
    panel.append(Object.assign(document.createElement('p'), { className: 'text-secondary m-0', textContent: texts.nothing }));
    return;
  }
  const object = element.businessObject;
  const modeling = modeler.get('modeling');
  panel.append(Object.assign(document.createElement('p'), { className: 'text-secondary', textContent: object.id }));
  field(texts.name, object.name, (name) => modeling.updateProperties(element, { name }));
  if (STEPS.includes(element.type)) step(element, propertiesOf(object));
  if (element.type === 'bpmn:Process') field(texts.limit, propertiesOf(object).limit, (limit) => setProperties(element, { ...propertiesOf(object), limit }));
  if (element.type === 'bpmn:SequenceFlow') {
    field(texts.condition, object.conditionExpression?.body, (body) => modeling.updateProperties(element, {
      conditionExpression: body ? modeler.get('moddle').create('bpmn:FormalExpression', { body }) : undefined,
    }));
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { xml } = await modeler.saveXML({ format: true });
  form.elements.bpmn.value = xml;
  form.submit(); // requestSubmit does nothing while this very event is still on its way
});

modeler.importXML(payload.bpmn).then(() => {
  modeler.get('canvas').zoom('fit-viewport', 'auto');
  modeler.on('selection.changed', ({ newSelection }) => show(newSelection[0]));
  show(null);
  if (payload.wrong && modeler.get('elementRegistry').get(payload.wrong)) {
    modeler.get('canvas').addMarker(payload.wrong, 'd-mark-wrong');
    modeler.get('selection').select(modeler.get('elementRegistry').get(payload.wrong));
  }
  document.getElementById('modeler').dataset.ready = '1';
}).catch((error) => {
  console.error(error);
  panel.textContent = String(error.message || error);
});
