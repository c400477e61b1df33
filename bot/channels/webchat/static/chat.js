// What the page does better with JavaScript. Without it, everything works by plain forms.
const root = document.documentElement;
const find = (id) => document.getElementById(id);
const box = find("text");
const talk = find("talk");
const stream = find("stream");
const anchor = find("now") ?? Object.assign(document.createElement("span"), { id: "now" });
const FALLBACK = 6000; // milliseconds without news after sending, then the page is asked for anew
const RETRY = 2000; // milliseconds until the first connection is tried again

root.classList.add("js");

// --- sending -----------------------------------------------------------------------------------

const TOGETHER = 1500; // milliseconds: what comes so soon belongs to what came before
let overdue = 0;
let heard = 0; // messages of the stream
let heardBefore = 0; // those before the latest answer was sent
let newsAt = -TOGETHER;

const fresh = () => crypto.getRandomValues(new Uint32Array(3)).join("");

/** The same form sent twice counts once, so each new thing said needs a number of its own. */
function renumber() {
  for (const field of document.querySelectorAll(".bar [name=update], .menu [name=update], .composer [name=update]"))
    field.value = fresh();
}

function sent(form) {
  for (const id of ["not-sent", "too-fast"]) find(id).hidden = true;
  find("trouble")?.remove();
  renumber();
  if (form.id === "say") {
    form.reset();
    box.value = "";
    grow();
  }
  document.querySelector(".menu").open = false;
  clearTimeout(overdue);
  // The answer may overtake the receipt; then there is nothing to wait for.
  if (heard === heardBefore) overdue = setTimeout(() => location.reload(), FALLBACK);
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.closest("form")) return;
  heardBefore = heard;
  newsAt = -TOGETHER; // whatever comes now answers this
});

function notSent(why = "not-sent") {
  for (const id of ["not-sent", "too-fast"]) find(id).hidden = id !== why;
  find(why).scrollIntoView({ block: "nearest" });
}

function refused(form) {
  if (form.id === "say") form.submit(); // the page that comes back says why, and keeps the text
  else location.reload();
}

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement.closest("form");
  if (ctx.sourceElement === stream && ctx.response.status >= 400) connectAgain();
  if (!form) return;
  if (ctx.response.status < 400) sent(form);
  else if (ctx.response.status === 429) notSent("too-fast"); // what was typed stays in the box
  else if (ctx.response.status >= 500) notSent();
  else refused(form);
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.sourceElement === stream) connectAgain();
  if (ctx?.sourceElement?.closest("form")) notSent();
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (box.value.trim()) box.form.requestSubmit();
});

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 4, innerHeight / 3)}px`;
}
box.addEventListener("input", grow);

// --- what is new -------------------------------------------------------------------------------

const offline = (is) => {
  find("offline").hidden = !is;
};
document.addEventListener("htmx:sse:error", () => offline(true));
document.addEventListener("htmx:sse:after:connection", () => offline(false));
document.addEventListener("htmx:sse:after:message", () => {
  heard += 1;
  clearTimeout(overdue);
});

/** A connection that is lost is tried again by itself, but not the first one. */
function connectAgain() {
  offline(true);
  const address = stream.getAttribute("hx-sse:connect");
  setTimeout(() => htmx.ajax("GET", address, { source: stream }), RETRY);
}

let seen = new Set();

/** The first of Doorway's lines that nobody has seen yet. */
function firstNew() {
  const lines = [...talk.querySelectorAll(".line")];
  const news = lines.filter((line) => !seen.has(line.id));
  seen = new Set(lines.map((line) => line.id));
  return news.find((line) => line.classList.contains("line--doorway"));
}

function followState() {
  const { language, keyboard, autocomplete } = find("state").dataset;
  // A page has one language and one direction: it is asked for anew when these have changed.
  if (language !== document.body.dataset.language) location.reload();
  box.inputMode = keyboard;
  box.autocomplete = autocomplete;
}

function placeAnchor(line) {
  find("now")?.remove(); // the server has its own in a talk that was drawn anew as a whole
  line?.prepend(anchor);
}

function showNewest() {
  const line = firstNew();
  const continues = anchor.isConnected && performance.now() - newsAt < TOGETHER;
  if (!line) {
    // A line that was drawn anew has lost it, and the skip link must lead somewhere.
    if (!find("now")) placeAnchor([...talk.querySelectorAll(".line--doorway")].at(-1));
    return;
  }
  newsAt = performance.now();
  if (!continues) placeAnchor(line);
  // Again for each that follows: the page has grown, and may have been too short to scroll.
  anchor.parentElement.scrollIntoView({ block: "start" });
  if (continues) return;
  // The button that was pressed has gone, and with it the place of whoever uses a keyboard. Who
  // is typing stays in the box.
  if (document.activeElement !== box) line.focus({ preventScroll: true });
}

document.addEventListener("htmx:after:swap", () => {
  followState();
  showNewest();
  offerPrint();
});

// --- printing and leaving ----------------------------------------------------------------------

function offerPrint() {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
}
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) print();
});

find("leave").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  // At once, before any network: nothing of the talk is left to be seen.
  document.title = "\u200b";
  document.body.hidden = true;
  // The server says so too, but Back may be pressed before it has heard.
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${form.dataset.left}=1; path=/; max-age=3600; samesite=lax${secure}`;
  const told = navigator.sendBeacon?.(form.action, new URLSearchParams(new FormData(form)));
  if (told) location.replace(form.dataset.exit);
  else form.submit();
});

// A page that the browser has kept must not come back after the chat was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

firstNew();
// Whoever comes back goes on where the talk has come to.
if (stream && !location.hash) find("now")?.scrollIntoView({ block: "start", behavior: "instant" });
offerPrint();
grow();
