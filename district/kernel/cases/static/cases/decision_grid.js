// A decision table edited as a table: the DMN text in a textarea is the truth, the grid reads it and writes it back.

const texts = JSON.parse(document.getElementById('payload').textContent).texts;
let last = 0;

const childrenOf = (node, name) => [...node.children].filter((each) => each.localName === name);
const textOf = (node) => childrenOf(node, 'text')[0]?.textContent.trim() ?? '';

function make(parent, name, attributes = {}) {
  const made = parent.ownerDocument.createElementNS(parent.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

function fresh(xml, stem) {
  let name;
  do { last += 1; name = `${stem}_${last}`; } while (xml.querySelector(`[id="${name}"]`));
  return name;
}

function setText(node, value) {
  const inner = childrenOf(node, 'text')[0] || make(node, 'text');
  inner.textContent = value;
}

function entry(xml, rule, tag) {
  const made = make(rule, tag, { id: fresh(xml, 'cell') });
  make(made, 'text');
  return made;
}

class Grid {
  constructor(area) {
    this.area = area;
    this.holder = Object.assign(document.createElement('div'), { className: 'd-decisions' });
    (area.closest('[data-source]') || area).before(this.holder);
    area.addEventListener('change', () => this.read());
    this.read();
  }

  read() {
    this.xml = new DOMParser().parseFromString(this.area.value, 'application/xml');
    this.holder.replaceChildren();
    if (this.xml.querySelector('parsererror')) {
      this.holder.append(Object.assign(document.createElement('p'), { className: 'text-danger', textContent: texts.not_xml }));
      return;
    }
    for (const table of this.xml.getElementsByTagNameNS('*', 'decisionTable')) this.show(table);
  }

  changed(redraw = false) {
    this.area.value = new XMLSerializer().serializeToString(this.xml);
    if (redraw) this.read();
  }

  button(text, run, label = text) {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm', textContent: text });
    made.setAttribute('aria-label', label);
    made.addEventListener('click', () => { run(); this.changed(true); });
    return made;
  }

  input(value, label, change) {
    const made = Object.assign(document.createElement('input'), { className: 'form-control form-control-sm', value });
    made.setAttribute('aria-label', label);
    made.addEventListener('change', () => { change(made.value.trim()); this.changed(); });
    return made;
  }

  show(table) {
    const inputs = childrenOf(table, 'input');
    const outputs = childrenOf(table, 'output');
    const rules = childrenOf(table, 'rule');
    const bar = Object.assign(document.createElement('div'), { className: 'd-acts mb-2' });
    const label = Object.assign(document.createElement('label'), { textContent: texts.hit_policy, className: 'd-acts' });
    const policy = Object.assign(document.createElement('select'), { className: 'form-select form-select-sm w-auto' });
    const chosen = table.getAttribute('hitPolicy') || 'UNIQUE';
    for (const [key, text] of texts.policies) policy.append(new Option(text, key, false, key === chosen));
    if (!texts.policies.some(([key]) => key === chosen)) policy.append(new Option(chosen, chosen, false, true));
    policy.addEventListener('change', () => { table.setAttribute('hitPolicy', policy.value); this.changed(); });
    label.append(policy);
    const before = (name, made) => { const next = childrenOf(table, name)[0]; if (next) next.before(made); };
    bar.append(
      Object.assign(document.createElement('strong'), { textContent: table.parentElement.getAttribute('name') || '' }), label,
      this.button(texts.add_rule, () => {
        const rule = make(table, 'rule', { id: fresh(this.xml, 'rule') });
        inputs.forEach(() => entry(this.xml, rule, 'inputEntry'));
        outputs.forEach(() => entry(this.xml, rule, 'outputEntry'));
      }),
      this.button(texts.add_input, () => {
        const made = make(table, 'input', { id: fresh(this.xml, 'input') });
        make(make(made, 'inputExpression', { id: fresh(this.xml, 'expression'), typeRef: 'string' }), 'text').textContent = 'kind';
        before('output', made);
        for (const rule of rules) childrenOf(rule, 'outputEntry')[0].before(entry(this.xml, rule, 'inputEntry'));
      }),
      this.button(texts.add_output, () => {
        const made = make(table, 'output', { id: fresh(this.xml, 'output'), name: fresh(this.xml, 'result'), typeRef: 'string' });
        before('rule', made);
        for (const rule of rules) { setText(entry(this.xml, rule, 'outputEntry'), '""'); }
      }),
    );
    this.holder.append(bar, this.grid(table, inputs, outputs, rules));
  }

  grid(table, inputs, outputs, rules) {
    const grid = Object.assign(document.createElement('table'), { className: 'table table-sm mb-0' });
    const head = grid.createTHead().insertRow();
    const column = (title, value, change, remove) => {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.append(Object.assign(document.createElement('span'), { className: 'd-block', textContent: title }), this.input(value, title, change));
      if (remove) cell.append(this.button('×', remove, `${texts.remove_column} ${title}`));
      head.append(cell);
    };
    head.append(Object.assign(document.createElement('th'), { textContent: '#', scope: 'col' }));
    inputs.forEach((each, n) => {
      const expression = childrenOf(each, 'inputExpression')[0];
      column(`${texts.when} ${each.getAttribute('label') || ''}`, textOf(expression), (value) => setText(expression, value),
        inputs.length > 1 && (() => { each.remove(); rules.forEach((rule) => childrenOf(rule, 'inputEntry')[n]?.remove()); }));
    });
    outputs.forEach((each, n) => column(
      `${texts.then} ${each.getAttribute('label') || ''}`, each.getAttribute('name') || '', (value) => each.setAttribute('name', value),
      outputs.length > 1 && (() => { each.remove(); rules.forEach((rule) => childrenOf(rule, 'outputEntry')[n]?.remove()); }),
    ));
    head.append(Object.assign(document.createElement('th'), { textContent: texts.why, scope: 'col' }), document.createElement('td'));
    const body = grid.createTBody();
    rules.forEach((rule, n) => {
      const row = body.insertRow();
      row.insertCell().textContent = n + 1;
      const cells = [...childrenOf(rule, 'inputEntry'), ...childrenOf(rule, 'outputEntry')];
      const names = [...inputs.map((each) => each.getAttribute('label') || texts.when), ...outputs.map((each) => each.getAttribute('label') || texts.then)];
      cells.forEach((cell, k) => row.insertCell().append(this.input(textOf(cell), `${n + 1} ${names[k]}`, (value) => setText(cell, value))));
      const why = childrenOf(rule, 'description')[0];
      row.insertCell().append(this.input(why?.textContent ?? '', `${n + 1} ${texts.why}`, (value) => {
        const node = childrenOf(rule, 'description')[0] || make(rule, 'description');
        node.textContent = value;
        rule.prepend(node);
      }));
      const acts = row.insertCell();
      acts.className = 'd-acts';
      if (n > 0) acts.append(this.button('↑', () => rules[n - 1].before(rule), `${n + 1} ${texts.up}`));
      acts.append(this.button('×', () => rule.remove(), `${n + 1} ${texts.remove_rule}`));
    });
    const frame = Object.assign(document.createElement('div'), { className: 'table-responsive mb-3', tabIndex: 0 });
    frame.setAttribute('role', 'region');
    frame.setAttribute('aria-label', table.parentElement.getAttribute('name') || texts.when);
    frame.append(grid);
    return frame;
  }
}

for (const area of document.querySelectorAll('textarea[name=table]')) new Grid(area);
