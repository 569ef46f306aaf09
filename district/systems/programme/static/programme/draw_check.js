// Works out a published draw again from its file alone, as docs of the draw say, and tells whether it is as told.
import { hex, hmac, joined, sealed, sm3, text, unhex } from "./sm3.js";

// Keys in the order of code points, as the platform writes them.
const byCode = (a, b) => {
  const [left, right] = [[...a], [...b]].map((signs) => signs.map((sign) => sign.codePointAt(0)));
  for (let n = 0; n < Math.min(left.length, right.length); n += 1) if (left[n] !== right[n]) return left[n] - right[n];
  return left.length - right.length;
};

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort(byCode).map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function poolDigest(told) {
  const candidates = Object.fromEntries(Object.entries(told.candidates).map(([key, known]) => [key, [...known].sort(byCode)]));
  return hex(sm3(text(canonical({ subject: told.subject, wanted: told.wanted, candidates, left_out: told.left_out }))));
}

function lots(told, seed) {
  const found = Object.keys(told.candidates).map((key) => [hex(hmac(unhex(seed), text(key))), key]);
  return found.sort((a, b) => (a[0] === b[0] ? byCode(a[1], b[1]) : a[0] < b[0] ? -1 : 1)).map((pair) => pair[1]);
}

function fault(told) {
  if (poolDigest(told) !== told.pool_digest) return "pool_digest";
  const names = Object.keys(told.seals).sort(byCode);
  if (names.length < 2 || names.some((name) => sealed(name, told.secrets[name] || "") !== told.seals[name])) return "seals";
  const seed = hex(sm3(joined(unhex(told.pool_digest), ...names.map((name) => joined(sm3(text(name)), unhex(told.secrets[name]))))));
  if (seed !== told.seed) return "seed";
  const order = lots(told, seed);
  const taken = new Set();
  const chosen = told.wanted.flatMap(([speciality, number]) => {
    const fitting = order.filter((key) => told.candidates[key].includes(speciality) && !taken.has(key)).slice(0, number);
    fitting.forEach((key) => taken.add(key));
    return fitting.map((key) => [speciality, key]);
  });
  if (canonical(chosen) !== canonical(told.chosen)) return "chosen";
  const asked = new Set(taken);
  const reserve = (speciality) => order.filter((key) => told.candidates[key].includes(speciality) && !taken.has(key));
  for (const [speciality, , , follows] of told.substitutions) {
    const due = reserve(speciality).find((key) => !asked.has(key)) || "";
    if (due !== follows) return "substitutions";
    if (due) asked.add(due);
  }
  return "";
}

const place = document.getElementById("own-check");
if (place) {
  try {
    const found = fault(await (await fetch(place.dataset.file)).json());
    place.textContent = found ? place.dataset.wrong + found : place.dataset.right;
    place.classList.add(found ? "text-red" : "text-green");
  } catch (error) {
    place.textContent = place.dataset.wrong + error;
  }
  place.dataset.checked = "yes";
}
