// One more row in the grid of items.
const rows = document.getElementById("item-rows");
const template = document.getElementById("item-row");
const total = document.querySelector("[name='items-TOTAL_FORMS']");

document.getElementById("add-item").addEventListener("click", () => {
  const number = total.value;
  const row = template.content.firstElementChild.cloneNode(true);
  for (const field of row.querySelectorAll("[name]")) {
    field.name = field.name.replace("__prefix__", number);
    field.id = field.id.replace("__prefix__", number);
  }
  rows.append(row);
  total.value = Number(number) + 1;
  row.querySelector("input").focus();
});
