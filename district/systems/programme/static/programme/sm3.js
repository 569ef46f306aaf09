// SM3 (GB/T 32905-2016) and HMAC over it, so that a reader's own browser can check a draw without trusting the platform.

const rotl = (x, n) => ((x << (n & 31)) | (x >>> ((32 - (n & 31)) & 31))) >>> 0;
const p0 = (x) => (x ^ rotl(x, 9) ^ rotl(x, 17)) >>> 0;
const p1 = (x) => (x ^ rotl(x, 15) ^ rotl(x, 23)) >>> 0;
const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
const BLOCK = 64;

function padded(bytes) {
  const length = Math.ceil((bytes.length + 9) / BLOCK) * BLOCK;
  const out = new Uint8Array(length);
  out.set(bytes);
  out[bytes.length] = 0x80;
  const view = new DataView(out.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  return view;
}

function compress(state, view, at) {
  const w = [];
  for (let j = 0; j < 16; j += 1) w.push(view.getUint32(at + 4 * j));
  for (let j = 16; j < 68; j += 1) {
    w.push((p1(w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15)) ^ rotl(w[j - 13], 7) ^ w[j - 6]) >>> 0);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let j = 0; j < 64; j += 1) {
    const t = j < 16 ? 0x79cc4519 : 0x7a879d8a;
    const ss1 = rotl((rotl(a, 12) + e + rotl(t, j)) >>> 0, 7);
    const ss2 = (ss1 ^ rotl(a, 12)) >>> 0;
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) >>> 0;
    const tt2 = (gg + h + ss1 + w[j]) >>> 0;
    [d, c, b, a] = [c, rotl(b, 9), a, tt1];
    [h, g, f, e] = [g, rotl(f, 19), e, p0(tt2)];
  }
  return [a, b, c, d, e, f, g, h].map((value, index) => (value ^ state[index]) >>> 0);
}

export function sm3(bytes) {
  const view = padded(bytes);
  let state = START;
  for (let at = 0; at < view.byteLength; at += BLOCK) state = compress(state, view, at);
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((value, index) => out.setUint32(4 * index, value));
  return new Uint8Array(out.buffer);
}

export function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { out.set(part, at); at += part.length; }
  return out;
}

export function hmac(key, message) {
  const whole = new Uint8Array(BLOCK);
  whole.set(key.length > BLOCK ? sm3(key) : key);
  const inner = sm3(joined(whole.map((byte) => byte ^ 0x36), message));
  return sm3(joined(whole.map((byte) => byte ^ 0x5c), inner));
}

export const text = (words) => new TextEncoder().encode(words);
export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (digits) => Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));
export const sealed = (witness, secret) => hex(sm3(joined(text(witness), Uint8Array.of(0), unhex(secret))));
