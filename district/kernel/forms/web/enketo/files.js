// The files of the record that is open: pictures, voices and drawings, by the name its XML gives them.
const chosen = new Map();
const addresses = new Map();

function address(name) {
  if (!addresses.has(name)) addresses.set(name, URL.createObjectURL(chosen.get(name)));
  return addresses.get(name);
}

const files = {
  MOST_BYTES: 20 * 1024 * 1024,
  init: () => Promise.resolve(true),
  isWaitingForPermissions: () => false,
  isTooLarge: (file) => file.size > files.MOST_BYTES,
  getMaxSizeReadable: () => `${files.MOST_BYTES / 1024 / 1024} MB`,
  urlToBlob: (url) => fetch(url).then((answer) => answer.blob()),

  /** Takes the files kept with a draft. */
  load(kept) {
    chosen.clear();
    kept.forEach(({ name, blob }) => chosen.set(name, blob));
  },
  put(name, blob) {
    addresses.delete(name);
    chosen.set(name, blob);
  },
  remove: (name) => chosen.delete(name),

  async getFileUrl(subject) {
    if (!subject) return null;
    if (typeof subject === 'object') return URL.createObjectURL(subject);
    if (chosen.has(subject)) return address(subject);
    if (/^(blob|data|https?):/.test(subject)) return subject;
    throw new Error(subject);
  },
  getObjectUrl: (subject) => files.getFileUrl(subject),

  /** The files that this XML names, drawings on the page among them. */
  getCurrentFiles(xml = '') {
    document.querySelectorAll('form.or input[type="text"][data-drawing="true"]').forEach((input) => {
      if (input.value && input.dataset.cache) files.put(drawingName(input), blobOf(input.dataset.cache));
    });
    return [...chosen].filter(([name]) => xml.includes(`>${name}<`)).map(([name, blob]) => ({ name, blob }));
  },
};

function drawingName(input) {
  const at = input.value.lastIndexOf('.');
  return input.value.slice(0, at) + (input.dataset.filenamePostfix || '') + input.value.slice(at);
}

function blobOf(dataUri) {
  const [head, body] = dataUri.split(',');
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5).split(';')[0] });
}

export default files;
