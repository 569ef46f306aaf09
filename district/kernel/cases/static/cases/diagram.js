// A procedure drawn by bpmn-js, to look at: elements marked, notes beside them.

export function payloadOf(element) {
  return JSON.parse(document.getElementById(element.dataset.diagram).textContent);
}

function note(given) {
  const mark = document.createElement('div');
  mark.className = `d-note${given.late ? ' d-note-late' : ''}`;
  mark.textContent = given.text;
  return mark;
}

export function annotate(viewer, payload) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const known = viewer.get('elementRegistry');
  for (const [id, mark] of Object.entries(payload.marks || {})) if (known.get(id)) canvas.addMarker(id, `d-mark-${mark}`);
  for (const [id, notes] of Object.entries(payload.notes || {})) {
    if (known.get(id)) notes.forEach((each, line) => overlays.add(id, { position: { bottom: 4 - 17 * line, left: 0 }, html: note(each) }));
  }
}

async function show(element) {
  const payload = payloadOf(element);
  const viewer = new window.BpmnJS({ container: element });
  const answer = await fetch(payload.xml, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${answer.status} ${payload.xml}`);
  await viewer.importXML(await answer.text());
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  annotate(viewer, payload);
  element.dataset.ready = '1';
}

for (const element of document.querySelectorAll('[data-diagram]')) {
  show(element).catch((error) => {
    console.error(error);
    element.classList.add('is-without');
    element.textContent = element.getAttribute('aria-label');
  });
}
