// A witness's secret is made here, stays here, and only its digest is sent; it is filled in again when it is to be opened.
import { hex, sealed } from "./sm3.js";

const kept = (form, name) => `draw:${form.dataset.draw}:${name}`;

for (const form of document.querySelectorAll("form[data-seal]")) {
  const key = kept(form, form.dataset.seal);
  const secret = localStorage.getItem(key) || hex(crypto.getRandomValues(new Uint8Array(32)));
  localStorage.setItem(key, secret);
  form.querySelector("[data-secret]").value = secret;
  form.elements.seal.value = sealed(form.dataset.seal, secret);
}
for (const form of document.querySelectorAll("form[data-open]")) {
  form.querySelector("[data-secret]").value = localStorage.getItem(kept(form, form.dataset.open)) || "";
}
