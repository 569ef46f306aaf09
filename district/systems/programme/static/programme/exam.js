// The clock of a paper: counts down, says once that little is left, hands in when it is over. The server keeps the time
// itself; this only shows it. Answers are sent by htmx at each change; a failed sending is said in words.
const left = document.getElementById("left");
const paper = document.getElementById("paper");
const kept = document.getElementById("kept");
const ends = performance.now() + Number(left.dataset.seconds) * 1000;
let said = false;
let over = false;

function tick() {
  const seconds = Math.max(0, Math.round((ends - performance.now()) / 1000));
  left.textContent = left.dataset.words.replace("M", Math.floor(seconds / 60)).replace("S", seconds % 60);
  if (seconds <= 300 && !said) {
    said = true;
    document.getElementById("near").textContent = left.dataset.near;
  }
  if (seconds === 0 && !over) {
    over = true;
    left.textContent = left.dataset.over;
    HTMLFormElement.prototype.submit.call(paper);
  }
}

paper.addEventListener("submit", (event) => {
  if (!over && !window.confirm(paper.dataset.sure)) event.preventDefault();
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(name, (event) => {
    kept.textContent = event.detail?.xhr?.status === 409 ? event.detail.xhr.responseText : paper.dataset.lost;
  });
}
tick();
setInterval(tick, 1000);
