// The editor of a question: names of data go in by a click, Ctrl+Enter runs.
const sql = document.querySelector("[data-sql]");

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    const { selectionStart: start, selectionEnd: end } = sql;
    const before = sql.value.slice(0, start);
    const gap = before && !/[\s(,.]$/.test(before) ? " " : "";
    sql.setRangeText(`${gap}${button.dataset.insert} `, start, end, "end");
    sql.focus();
  });
}

sql.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.querySelector("[data-run]").click();
  }
});
