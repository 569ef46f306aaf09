// Lists that lie beside a form: CSV as ODK writes it, into the XML that its expressions ask.

/** Rows of a CSV text (RFC 4180): quoted fields hold commas, quotes and line breaks. */
export function rowsOf(text) {
  const rows = [];
  let row = [];
  let field = '';
  let isQuoted = false;
  const source = text.replace(/^\ufeff/, '');
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at];
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (source[at + 1] === '"') { field += '"'; at += 1; } else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ',') { row.push(field); field = ''; } else if (letter === '\n') { rows.push([...row, field]); row = []; field = ''; } else if (letter !== '\r') field += letter;
  }
  if (field || row.length) rows.push([...row, field]);
  return rows;
}

/** `<root><item><name>…</name>…</item></root>`; a file that is XML already is taken as it is. */
export function parseList(text, name = '') {
  if (name.endsWith('.xml')) return new DOMParser().parseFromString(text, 'text/xml');
  const made = document.implementation.createDocument(null, 'root');
  const [head = [], ...rows] = rowsOf(text);
  const names = head.map((each) => each.trim().replace(/[^\p{L}\p{N}_.-]/gu, '_'));
  rows.filter((row) => row.length > 1 || row[0]).forEach((row) => {
    const item = made.createElement('item');
    names.forEach((each, place) => {
      if (!each) return;
      const value = made.createElement(each);
      value.textContent = row[place] ?? '';
      item.append(value);
    });
    made.documentElement.append(item);
  });
  return made;
}
