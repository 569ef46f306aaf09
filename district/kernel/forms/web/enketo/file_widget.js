// Photos, voice notes, videos and other files: taken here, kept with the draft, shown again when it is opened.
import Widget from 'enketo-core/src/js/widget';
import files from './files';
import { t } from './translator';

const LONGEST_S = 300;
const MOST_PIXELS = 1600;
const SUFFIXES = { 'audio/webm': 'webm', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a', 'audio/wav': 'wav', 'image/jpeg': 'jpg' };

export default class FileWidget extends Widget {
  static get name() { return 'FileWidget'; }

  static get selector() {
    return '.question:not(.or-appearance-draw):not(.or-appearance-signature):not(.or-appearance-annotate) input[type="file"]';
  }

  _init() {
    const [kind] = (this.element.accept || '*').split('/');
    this.kind = kind;
    this.element.classList.add('hide');
    this.element.tabIndex = -1;
    this.box = Object.assign(document.createElement('div'), { className: 'widget f-file' });
    this.preview = Object.assign(document.createElement('div'), { className: 'f-preview' });
    this.words = Object.assign(document.createElement('p'), { className: 'f-words' });
    this.words.setAttribute('role', 'status');
    this.buttons = Object.assign(document.createElement('div'), { className: 'btn-list' });
    this.box.append(this.buttons, this.words, this.preview);
    this.element.after(this.box);
    const label = this.question.querySelector('.question-label.active')?.textContent.trim() || '';
    if (kind === 'image') this.button('take', 'camera', label, () => this.choose('environment'));
    if (kind === 'audio' && navigator.mediaDevices && window.MediaRecorder) this.recordButton = this.button('record', 'microphone', label, () => this.record());
    this.button('choose', 'folder-open', label, () => this.choose());
    this.removeButton = this.button('remove', 'trash', label, () => this.put('', null));
    this.element.addEventListener('click', (event) => { if (!this.isAsked) event.preventDefault(); });
    this.element.addEventListener('change', (event) => {
      event.stopImmediatePropagation();
      const [file] = this.element.files;
      if (file) this.take(file);
    }, true);
    // A click on the label of the question must not open the picker by surprise.
    this.question.addEventListener('click', (event) => { if (event.target.closest('.f-file') === null && event.target !== this.element) event.preventDefault(); });
    this.show(this.element.getAttribute('data-loaded-file-name') || '');
    if (this.props.readonly) this.disable();
  }

  button(key, icon, label, act) {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-lg ignore' });
    made.dataset.act = key;
    const mark = Object.assign(document.createElement('i'), { className: `ti ti-${icon}` });
    mark.setAttribute('aria-hidden', 'true');
    made.append(mark, ` ${t(`file.${key}`)}`);
    made.setAttribute('aria-label', `${t(`file.${key}`)} ${label}`);
    made.addEventListener('click', (event) => { event.preventDefault(); event.stopPropagation(); act(); });
    this.buttons.append(made);
    return made;
  }

  choose(capture) {
    if (capture) this.element.setAttribute('capture', capture); else this.element.removeAttribute('capture');
    this.element.value = '';
    this.isAsked = true;
    this.element.click();
    this.isAsked = false;
  }

  async take(file) {
    const small = this.kind === 'image' ? await smaller(file, Number(this.element.dataset.maxPixels) || MOST_PIXELS) : file;
    if (files.isTooLarge(small)) {
      this.say(t('filepicker.toolargeerror', { maxSize: files.getMaxSizeReadable() }));
      return;
    }
    this.put(nameFor(file.name || `${this.kind}.${SUFFIXES[small.type] || 'bin'}`, small.type), small);
  }

  async record() {
    if (this.recorder) {
      this.recorder.stop();
      return;
    }
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      console.info('forms: no microphone', error.name);
      this.say(t('file.refused'));
      return;
    }
    const parts = [];
    const started = Date.now();
    this.recorder = new MediaRecorder(stream);
    this.recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
    this.recorder.addEventListener('stop', () => {
      clearInterval(ticking);
      stream.getTracks().forEach((track) => track.stop());
      const type = this.recorder.mimeType.split(';')[0];
      this.recorder = null;
      this.mark('record', 'microphone');
      this.put(nameFor(`voice.${SUFFIXES[type] || 'webm'}`, type), new Blob(parts, { type }));
    });
    const ticking = setInterval(() => {
      const seconds = Math.floor((Date.now() - started) / 1000);
      this.say(t('file.recording', { seconds: String(seconds) }));
      if (seconds >= LONGEST_S) this.recorder?.stop();
    }, 500);
    this.recorder.start();
    this.mark('stop', 'player-stop');
    this.say(t('file.recording', { seconds: '0' }));
  }

  mark(key, icon) {
    this.recordButton.lastChild.textContent = ` ${t(`file.${key}`)}`;
    this.recordButton.firstChild.className = `ti ti-${icon}`;
    this.recordButton.setAttribute('aria-label', t(`file.${key}`));
    this.recordButton.classList.toggle('btn-danger', key === 'stop');
  }

  put(name, blob) {
    if (this.fileName && this.fileName !== name) files.remove(this.fileName);
    if (blob) files.put(name, blob);
    const { form } = FileWidget;
    const path = form.input.getName(this.element);
    this.element.value = '';
    if (name) this.element.setAttribute('data-loaded-file-name', name); else this.element.removeAttribute('data-loaded-file-name');
    form.model.node(path, form.input.getIndex(this.element)).setVal(name, 'binary');
    form.validateInput(this.element);
    this.show(name);
  }

  show(name) {
    this.fileName = name;
    this.preview.replaceChildren();
    this.removeButton.hidden = !name;
    this.say(name ? t('file.kept') : '');
    if (!name || !['image', 'audio', 'video'].includes(this.kind)) return;
    files.getFileUrl(name).then((url) => {
      const shown = document.createElement({ image: 'img', audio: 'audio', video: 'video' }[this.kind]);
      if (this.kind === 'image') shown.alt = name; else shown.controls = true;
      shown.src = url;
      this.preview.replaceChildren(shown);
    }, () => this.say(t('filepicker.notFound', { existing: name })));
  }

  say(words) { this.words.textContent = words; }

  disable() { this.buttons.querySelectorAll('button').forEach((each) => { each.disabled = true; }); }

  enable() { this.buttons.querySelectorAll('button').forEach((each) => { each.disabled = false; }); }

  update() { this.show(this.element.getAttribute('data-loaded-file-name') || ''); }
}

function nameFor(name, type) {
  const at = name.lastIndexOf('.');
  const stem = (at > 0 ? name.slice(0, at) : name).replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 40);
  const suffix = type === 'image/jpeg' ? 'jpg' : (at > 0 ? name.slice(at + 1) : 'bin').toLowerCase();
  return `${stem}-${Date.now().toString(36)}.${suffix}`;
}

/** A photo of a phone has ten megabytes; what a form needs of it travels on a slow line. */
async function smaller(file, most) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const share = Math.min(1, most / Math.max(image.width, image.height));
    if (share === 1 && file.size < 600_000) return file;
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(image.width * share), height: Math.round(image.height * share) });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob || file), 'image/jpeg', 0.85));
  } catch (error) {
    console.info('forms: photo kept as it is', error.name);
    return file;
  }
}
