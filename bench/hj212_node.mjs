// The stand-in peer of bench/hj212.py: reads a file of HJ 212 frames and times decoders of our own in V8, Python's faster
// neighbour. `split`: written as published decoders are (split, table CRC, objects). `bytes`: a byte scanner into typed
// arrays, the most that a hand can get out of Node.
// usage: node hj212_node.mjs FILE RUNS → one JSON object: {split: {...}, bytes: {...}}
import { readFileSync } from "node:fs";

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >> 1) ^ 0xa001 : byte >> 1;
  return byte;
});

function crc16(data, start, end) {
  let register = 0xffff;
  for (let at = start; at < end; at++) register = TABLE[(register >> 8) ^ data[at]];
  return register;
}

const MARKS = new Set(["Flag", "SampleTime"]);

function bySplitting(data) {
  const messages = [];
  let start = 0;
  for (let end = data.indexOf("\r\n", start); end >= 0; start = end + 2, end = data.indexOf("\r\n", start)) {
    const line = data.latin1Slice(start, end);
    if (!line.startsWith("##") || parseInt(line.slice(2, 6), 10) !== line.length - 10) continue;
    if (crc16(data, start + 6, end - 4) !== parseInt(line.slice(-4), 16)) continue;
    const opening = line.indexOf("CP=&&");
    const message = { factors: {} };
    for (const field of line.slice(6, opening).split(";")) {
      const [name, value] = field.split("=");
      if (name) message[name] = value;
    }
    for (const item of line.slice(opening + 5, -6).split(";")) {
      for (const pair of item.split(",")) {
        const [name, value] = pair.split("=");
        const dash = name.indexOf("-");
        if (dash < 0) {
          message[name] = value;
          continue;
        }
        const code = name.slice(0, dash);
        const attribute = name.slice(dash + 1);
        (message.factors[code] ??= {})[attribute] = MARKS.has(attribute) ? value : parseFloat(value);
      }
    }
    messages.push(message);
  }
  let readings = 0;
  let sum = 0;
  for (const message of messages)
    for (const factor of Object.values(message.factors))
      for (const value of Object.values(factor))
        if (typeof value === "number") {
          readings++;
          sum += value;
        }
  return { frames: messages.length, readings, sum };
}

const TENS = Float64Array.from({ length: 19 }, (_, power) => 10 ** power);

function byBytes(data) {
  const room = Math.ceil(data.length / 7);
  const values = new Float64Array(room);
  const codes = new Int32Array(room);
  let frames = 0;
  let readings = 0;
  for (let at = 0; at + 12 <= data.length; ) {
    if (data[at] !== 35 || data[at + 1] !== 35) {
      at++;
      continue;
    }
    const length = (((data[at + 2] - 48) * 10 + data[at + 3] - 48) * 10 + data[at + 4] - 48) * 10 + data[at + 5] - 48;
    const end = at + 6 + length;
    let sent = 0;
    for (let k = end; k < end + 4; k++) sent = sent * 16 + (data[k] > 57 ? (data[k] & 31) + 9 : data[k] - 48);
    if (data[end + 4] !== 13 || data[end + 5] !== 10 || crc16(data, at + 6, end) !== sent) {
      at++;
      continue;
    }
    frames++;
    let k = at + 6;
    while (!(data[k] === 38 && data[k + 1] === 38)) k++;
    for (k += 2; k < end - 2; k++) {
      const begin = k;
      let code = 0;
      while (data[k] !== 45 && data[k] !== 61) code = (code * 31 + data[k++]) | 0;
      if (data[k] === 45) {
        const first = data[k + 1];
        while (data[k] !== 61) k++;
        if (first !== 70 && !(first === 83)) {
          let whole = 0;
          let decimals = -1;
          const negative = data[k + 1] === 45;
          if (negative) k++;
          for (k++; k < end - 2 && data[k] !== 44 && data[k] !== 59; k++) {
            if (data[k] === 46) decimals = 0;
            else {
              whole = whole * 10 + data[k] - 48;
              if (decimals >= 0) decimals++;
            }
          }
          values[readings] = (negative ? -whole : whole) / TENS[Math.max(decimals, 0)];
          codes[readings++] = code ^ begin;
        }
      }
      while (k < end - 2 && data[k] !== 44 && data[k] !== 59) k++;
    }
    at = end + 6;
  }
  let sum = 0;
  for (let k = 0; k < readings; k++) sum += values[k];
  return { frames, readings, sum };
}

const data = readFileSync(process.argv[2]);
const answer = {};
for (const [name, decode] of [["split", bySplitting], ["bytes", byBytes]]) {
  const seconds = [];
  let told = decode(data);
  for (let run = 0; run < Number(process.argv[3]); run++) {
    const began = process.hrtime.bigint();
    told = decode(data);
    seconds.push(Number(process.hrtime.bigint() - began) / 1e9);
  }
  answer[name] = { ...told, seconds };
}
console.log(JSON.stringify(answer));
