// A meeting in the browser: every sheet is here from the beginning, so paging asks nobody anything and what is
// published meanwhile changes nothing. Titles and notes are set as text; bodies come finished and escaped.

const EDGE = 0.14;
const SWIPE_PX = 60;
const STILL_MS = 2500;
const FEWEST_S = 10;
const MOST_S = 60;
const USUAL_S = 14;
const TITLE_PX = 74;
const WIDEST_TITLE = 1728;
const SMALLEST_PX = 31;
const NEXT = new Set(["PageDown", "ArrowRight", "ArrowDown", " ", "Enter"]);
const BACK = new Set(["PageUp", "ArrowLeft", "ArrowUp", "Backspace"]);
const running = new WeakMap();

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".meeting");
  const now = running.get(root);
  // A rerun or a lost connection brings the data again, perhaps of a newer version: the meeting keeps what it began with.
  if (now?.occasion === data.occasion) {
    if (root.dataset.version !== data.version) root.querySelector(".foot .newer").textContent = data.words.newer;
    return now.stop;
  }
  now?.stop();
  const stop = begin(root, data);
  running.set(root, { occasion: data.occasion, stop });
  return stop;
}

function begin(root, data) {
  const listeners = new AbortController();
  const room = build(root, data);
  const asked = new URLSearchParams(location.search);
  let at = inside(Number(asked.get("sheet") || 1) - 1, data.sheets.length);
  let seconds = asked.has("rotate") ? Math.min(MOST_S, Math.max(FEWEST_S, Number(asked.get("rotate")) || USUAL_S)) : 0;
  let paused = !seconds;
  let due = 0;
  let still = 0;

  const show = (page) => {
    at = inside(page, data.sheets.length);
    room.show(at);
    remember({ sheet: at + 1 });
    restart();
  };
  const restart = () => {
    root.classList.toggle("turning", !paused);
    root.style.setProperty("--seconds", `${seconds}s`);
    due = performance.now() + seconds * 1000;
    count();
  };
  const count = () => {
    const left = Math.ceil((due - performance.now()) / 1000);
    if (!paused && left <= 0) return show((at + 1) % data.sheets.length);
    const pages = paused ? data.words.by_hand : data.words.countdown.replace("{seconds}", left);
    room.say(paused && seconds ? `${pages} · ${data.words.resume}` : pages);
  };
  const hold = () => {
    if (paused) return;
    paused = true;
    remember({ rotate: null });
  };
  const turn = () => {
    paused = !paused;
    seconds ||= USUAL_S;
    remember({ rotate: paused ? null : seconds });
    room.show(at);
    restart();
  };
  const go = (page) => {
    hold();
    show(page);
  };
  const acts = { leave, full: () => whole(root), rotate: turn };

  const on = (target, name, act, options = {}) =>
    target.addEventListener(name, act, { ...options, signal: listeners.signal });
  on(window, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(".tools button") && (event.key === " " || event.key === "Enter")) return;
    const back = BACK.has(event.key) || (event.key === " " && event.shiftKey);
    if (back) go(at - 1);
    else if (NEXT.has(event.key)) go(at + 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(data.sheets.length - 1);
    else if (event.key === "f" || event.key === "F") acts.full();
    else if (event.key === "r" || event.key === "R") turn();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });

  let from = null;
  on(root, "pointerdown", (event) => (from = event));
  on(root, "pointerup", (event) => {
    if (!from || event.target.closest(".tools")) return;
    const moved = event.clientX - from.clientX;
    from = null;
    const where = event.clientX / root.clientWidth;
    if (Math.abs(moved) > SWIPE_PX) go(at + (moved < 0 ? 1 : -1));
    else if (where > 1 - EDGE) go(at + 1);
    else if (where < EDGE) go(at - 1);
  });
  on(root, "click", (event) => acts[event.target.closest("[data-do]")?.dataset.do]?.());
  const quiet = () => {
    root.classList.remove("still");
    clearTimeout(still);
    still = setTimeout(() => root.classList.add("still"), STILL_MS);
  };
  on(root, "pointermove", quiet);
  on(document, "fullscreenchange", () => room.show(at));

  const scale = new ResizeObserver(() => room.scale(Math.min(root.clientWidth / 1920, root.clientHeight / 1080)));
  scale.observe(root);
  const clock = setInterval(() => paused || count(), 200);
  root.classList.add("still");
  // Written out, so that the same meeting comes back whatever is published, and the way back is no bare address, which
  // opens the meeting where the server was started for one.
  remember(data.choices);
  show(at);
  document.fonts?.ready.then(() => room.fit());
  return () => {
    listeners.abort();
    scale.disconnect();
    clearInterval(clock);
    clearTimeout(still);
    running.delete(root);
  };
}

function build(root, data) {
  const { words, sheets } = data;
  root.innerHTML =
    '<div class="board"><div class="where"></div><div class="foot"><span class="note"></span><span class="newer"></span>' +
    '<span class="hint"></span><span class="at" aria-live="polite"></span><span class="state"></span></div>' +
    '<div class="bar"></div><div class="tools"></div></div>';
  const board = root.firstElementChild;
  const find = (name) => board.querySelector(`:scope > .${name}, :scope > .foot > .${name}`);
  find("where").textContent = data.where;
  root.setAttribute("aria-label", words.meeting);
  root.dataset.version = data.version;
  for (const [act, name] of [["rotate", words.rotate], ["full", words.full], ["leave", words.leave]]) {
    const button = add(find("tools"), "button", name);
    button.type = "button";
    button.dataset.do = act;
  }
  const bars = sheets.map(() => add(find("bar"), "i"));
  const leaves = sheets.map((sheet) => {
    const leaf = document.createElement("section");
    leaf.className = "leaf";
    leaf.dataset.kind = sheet.kind;
    const body = add(leaf, "div");
    body.className = "body";
    body.innerHTML = sheet.body;
    if (sheet.full) return board.insertBefore(leaf, board.firstChild);
    add(leaf, "div", sheet.section).className = "section";
    const title = add(leaf, "h1");
    for (const span of sheet.title) add(title, "span", span.text).className = span.marked ? "marked" : "";
    return board.insertBefore(leaf, board.firstChild);
  });
  return {
    show(at) {
      leaves.forEach((leaf, n) => leaf.classList.toggle("shown", n === at));
      board.classList.toggle("full", sheets[at].full);
      // A note too long for its line breaks between its facts, not inside one.
      find("note").replaceChildren();
      for (const fact of sheets[at].note.split("\u3000").filter(Boolean)) add(find("note"), "span", fact);
      find("hint").textContent = at === 0 && !document.fullscreenElement ? words.hint : "";
      find("at").textContent = `${at + 1} / ${sheets.length}`;
      // Set anew, so that the filling begins anew.
      bars.forEach((bar, n) => (bar.className = n < at ? "past" : ""));
      void board.offsetWidth;
      bars[at].className = "now";
      this.fit();
    },
    // Sheets are written to fit; a name longer than any we know makes its line smaller before it is cut.
    fit() {
      const leaf = board.querySelector(".leaf.shown");
      const range = document.createRange();
      for (const line of leaf.querySelectorAll(".cut")) {
        line.style.fontSize = "";
        // A browser counts scrollWidth in whole pixels, but cuts for the smallest part of one.
        range.selectNodeContents(line);
        const over = range.getBoundingClientRect().width / line.getBoundingClientRect().width;
        if (over <= 1) continue;
        const size = parseFloat(getComputedStyle(line).fontSize) / over;
        line.style.fontSize = `${Math.max(SMALLEST_PX, Math.floor(size))}px`;
      }
      const title = leaf.querySelector("h1");
      if (!title) return;
      title.style.fontSize = "";
      if (title.offsetWidth > WIDEST_TITLE) title.style.fontSize = `${Math.floor((TITLE_PX * WIDEST_TITLE) / title.offsetWidth)}px`;
    },
    say: (text) => (find("state").textContent = text),
    scale: (k) => board.style.setProperty("--k", k),
  };
}

function add(parent, tag, text = "") {
  const element = parent.appendChild(document.createElement(tag));
  element.textContent = text;
  return element;
}

function inside(page, pages) {
  return Math.min(Math.max(Number.isFinite(page) ? Math.trunc(page) : 0, 0), pages - 1);
}

function remember(choices) {
  const here = new URL(location);
  for (const [name, value] of Object.entries(choices)) {
    if (value === null) here.searchParams.delete(name);
    else here.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", here);
}

function leave() {
  const desk = new URL(location);
  for (const name of ["mode", "sheet", "rotate"]) desk.searchParams.delete(name);
  // A full visit: it also works when the server has been started anew since.
  location.assign(desk);
}

function whole(root) {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen?.().catch(() => {});
}
