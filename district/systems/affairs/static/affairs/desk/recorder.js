// A voice note: one press to speak, one to stop. The recording stays a blob until the form is saved.

const KINDS = [['audio/webm;codecs=opus', '.webm'], ['audio/mp4', '.m4a'], ['audio/ogg;codecs=opus', '.ogg'], ['audio/webm', '.webm']];
const LONGEST_S = 300;

/** Brings a `[data-recorder]` to life; returns the list its voices are put into, or null where nothing can record. */
export function recorder(place, words) {
  const kind = window.MediaRecorder && KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
  if (!kind || !navigator.mediaDevices) return null;
  const button = place.querySelector('[data-record]');
  const text = place.querySelector('[data-record-text]');
  const time = place.querySelector('[data-record-time]');
  const list = place.querySelector('[data-voices]');
  const voices = [];
  let running = null;
  place.hidden = false;
  button.addEventListener('click', () => (running ? running.stop() : begin()));

  async function begin() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      text.textContent = words.denied;
      return;
    }
    const parts = [];
    const began = Date.now();
    running = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: 16000 });
    const clock = setInterval(() => {
      const seconds = Math.round((Date.now() - began) / 1000);
      time.textContent = `${seconds} ${words.seconds}`;
      if (seconds >= LONGEST_S) running?.stop();
    }, 500);
    running.addEventListener('dataavailable', (event) => { if (event.data.size) parts.push(event.data); });
    running.addEventListener('stop', () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      running = null;
      show(false);
      if (parts.length) add(new Blob(parts, { type: kind[0].split(';')[0] }), Math.max(1, Math.round((Date.now() - began) / 1000)));
    });
    running.start(1000);
    show(true);
  }

  function show(on) {
    button.setAttribute('aria-pressed', String(on));
    text.textContent = on ? words.stop : words.record;
    time.textContent = '';
  }

  function add(blob, seconds) {
    const voice = { name: `voice-${voices.length + 1}${kind[1]}`, blob };
    voices.push(voice);
    const row = document.createElement('li');
    const line = document.createElement('div');
    line.textContent = `${words.voice} ${seconds} ${words.seconds} `;
    const gone = document.createElement('button');
    gone.type = 'button';
    gone.className = 'k-button k-small';
    gone.textContent = words.remove;
    gone.addEventListener('click', () => { voices.splice(voices.indexOf(voice), 1); row.remove(); button.focus(); });
    line.append(gone);
    row.append(line);
    list.append(row);
  }

  return voices;
}
