// A JT/T 808 decoder as published ones for Node.js are: find the flags, unescape, check, read with Buffer, make objects.
import { readFileSync } from 'node:fs';

const data = readFileSync(process.argv[2]);
const runs = Number(process.argv[3]);

function unescaped(data, from, to) {
  let plain = true;
  for (let at = from; at < to; at += 1) if (data[at] === 0x7d) { plain = false; break; }
  if (plain) return data.subarray(from, to);
  const made = Buffer.allocUnsafe(to - from);
  let length = 0;
  for (let at = from; at < to; at += 1) {
    let value = data[at];
    if (value === 0x7d) { at += 1; value = data[at] === 2 ? 0x7e : 0x7d; }
    made[length] = value;
    length += 1;
  }
  return made.subarray(0, length);
}

function position(content, at, end) {
  const found = {
    alarm: content.readUInt32BE(at), status: content.readUInt32BE(at + 4), latitude: content.readUInt32BE(at + 8) / 1e6,
    longitude: content.readUInt32BE(at + 12) / 1e6, altitude: content.readUInt16BE(at + 16), speed: content.readUInt16BE(at + 18) / 10,
    direction: content.readUInt16BE(at + 20), time: content.toString('hex', at + 22, at + 28), items: [],
  };
  for (let item = at + 28; item < end; item += 2 + content[item + 1]) {
    found.items.push({ id: content[item], value: content.subarray(item + 2, item + 2 + content[item + 1]) });
  }
  return found;
}

function decode(content) {
  let folded = 0;
  for (let at = 0; at < content.length; at += 1) folded ^= content[at];
  if (folded !== 0) return null;
  const attributes = content.readUInt16BE(2);
  const is2019 = (attributes & 0x4000) !== 0;
  const body = is2019 ? 17 : 12;
  const end = content.length - 1;
  if (end - body !== (attributes & 0x3ff)) return null;
  const message = { id: content.readUInt16BE(0), phone: content.toString('hex', is2019 ? 5 : 4, body - 2), serial: content.readUInt16BE(body - 2), positions: [] };
  if (message.id === 0x0200) message.positions.push(position(content, body, end));
  else for (let at = body + 3; at < end; at += 2 + content.readUInt16BE(at)) message.positions.push(position(content, at + 2, at + 2 + content.readUInt16BE(at)));
  return message;
}

function all() {
  const told = { places: 0, items: 0, firsts: 0, sum: 0 };
  let flag = data.indexOf(0x7e);
  while (flag >= 0) {
    const close = data.indexOf(0x7e, flag + 1);
    if (close < 0) break;
    if (close > flag + 1) {
      const message = decode(unescaped(data, flag + 1, close));
      if (message) for (const place of message.positions) {
        told.places += 1;
        told.sum += place.latitude;
        told.items += place.items.length;
        for (const item of place.items) told.firsts += item.value[0];
      }
    }
    flag = close;
  }
  return told;
}

let told = all();
const seconds = [];
for (let run = 0; run < runs; run += 1) {
  const began = process.hrtime.bigint();
  told = all();
  seconds.push(Number(process.hrtime.bigint() - began) / 1e9);
}
console.log(JSON.stringify({ ...told, seconds }));
