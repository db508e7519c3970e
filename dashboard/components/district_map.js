// The map in the browser: tooltip, click, zoom, and the months under a slider. Everything it shows comes finished
// from `map_picture.py`; data reaches the page as escaped SVG and as text content only.

const STEP_MS = 900;
// As near as the reader gets, as in `map_frame.py`.
const CLOSEST = 30;
const views = new Map();

export default function ({ data: [data], key, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map");
  root.dataset.picture = data.title;
  root.dataset.reading = data.reading;
  root.innerHTML =
    `<div class="stage">${data.picture}<div class="zoom"></div><div class="maptip" hidden></div></div>` +
    `<div class="months"></div>${data.keys}`;
  const svg = root.querySelector("svg.mapsvg");
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  // Another choice keeps the part that the reader looks at, unless another one is to be looked at.
  const first = data.near ?? whole;
  const asked = [whole, first].join();
  const kept = views.get(key);
  const view = kept?.asked === asked ? kept : { box: first, asked };
  views.set(key, view);

  const look = (box) => {
    view.box = box;
    svg.setAttribute("viewBox", box.map((one) => one.toFixed(2)).join(" "));
    const wide = svg.clientWidth || whole[2];
    const tall = svg.clientHeight || whole[3];
    svg.style.setProperty("--k", Math.max(box[2] / wide, box[3] / tall));
    name(svg);
  };
  look(view.box);
  const sized = new ResizeObserver(() => look(view.box));
  sized.observe(svg);

  tell(root, svg);
  zoom(root.querySelector(".zoom"), svg, data.words, look, () => view.box, whole);
  const dragged = drag(svg, look, () => view.box, whole);
  svg.onclick = (event) => {
    if (!data.clickable || dragged()) return;
    // What lies on an area must not hide it from a click.
    const area = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.dataset?.code && svg.contains(one));
    if (!area) return;
    svg.querySelector(".chosen path")?.setAttribute("d", area.getAttribute("d"));
    setTriggerValue("area", area.dataset.code);
  };
  svg.classList.toggle("clickable", data.clickable);
  const stop = data.months.length > 1 ? slider(root, svg, data, setTriggerValue) : () => {};
  return () => {
    stop();
    sized.disconnect();
  };
}

// The names beside circles that have room on one side, the first ones first: within the picture, across no other name, and
// on the middle of no other circle.
function name(svg) {
  const labels = [...svg.querySelectorAll(".labels text")];
  if (!labels.length) return;
  const frame = svg.getBoundingClientRect();
  const taken = [...svg.querySelectorAll(".marks circle")].map((one) => {
    const box = one.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return { left: x, right: x, top: y, bottom: y };
  });
  const fits = (box) =>
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom &&
    !taken.some((one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom);
  for (const label of labels) {
    const away = Math.abs(label.getAttribute("x"));
    const room = ["start", "end"].find((anchor) => {
      label.setAttribute("x", anchor === "start" ? away : -away);
      label.setAttribute("text-anchor", anchor);
      return fits(label.getBoundingClientRect());
    });
    label.style.visibility = room ? "visible" : "hidden";
    if (room) taken.push(label.getBoundingClientRect());
  }
}

function tell(root, svg) {
  const tip = root.querySelector(".maptip");
  const stage = root.querySelector(".stage");
  svg.onpointermove = (event) => {
    const words = root.dataset.moving ? undefined : event.target.closest("[data-t]")?.dataset.t;
    tip.hidden = !words;
    if (!words) return;
    tip.textContent = words;
    const frame = stage.getBoundingClientRect();
    const x = event.clientX - frame.left;
    const y = event.clientY - frame.top;
    tip.style.left = `${Math.max(0, x + 14 + tip.offsetWidth > frame.width ? x - tip.offsetWidth - 10 : x + 14)}px`;
    tip.style.top = `${Math.max(0, Math.min(y + 14, frame.height - tip.offsetHeight))}px`;
  };
  svg.onpointerleave = () => (tip.hidden = true);
}

function zoom(place, svg, words, look, box, whole) {
  const by = (factor) => () => {
    const [x, y, w, h] = box();
    const wide = Math.min(whole[2], Math.max(whole[2] / CLOSEST, w / factor));
    const tall = (wide / whole[2]) * whole[3];
    look(inside([x + (w - wide) / 2, y + (h - tall) / 2, wide, tall], whole));
  };
  const buttons = [["+", words.closer, by(1.6)], ["−", words.farther, by(1 / 1.6)], ["⟲", words.whole, () => look(whole)]];
  for (const [sign, name, act] of buttons) {
    const button = place.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.onclick = act;
  }
}

function drag(svg, look, box, whole) {
  let from = null;
  let moved = false;
  svg.onpointerdown = (event) => {
    moved = false;
    from = box()[2] < whole[2] ? { x: event.clientX, y: event.clientY, box: box() } : null;
  };
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const k = Number(svg.style.getPropertyValue("--k"));
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    moved ||= Math.hypot(dx, dy) > 4;
    if (moved) look(inside([from.box[0] - dx * k, from.box[1] - dy * k, from.box[2], from.box[3]], whole));
  });
  svg.addEventListener("pointerup", () => (from = null));
  return () => moved;
}

function inside([x, y, w, h], whole) {
  return [Math.min(Math.max(x, 0), whole[2] - w), Math.min(Math.max(y, 0), whole[3] - h), w, h];
}

function slider(root, svg, data, setTriggerValue) {
  const areas = svg.querySelectorAll(".areas [data-code]");
  const place = root.querySelector(".months");
  place.innerHTML = '<button type="button"></button><input type="range" min="0"><output></output>';
  const [play, range, label] = place.children;
  let timer = 0;
  range.max = data.months.length - 1;
  range.value = data.at;
  range.setAttribute("aria-label", data.words.months);
  label.textContent = data.exact ? data.months[data.at].label : data.words.months;
  label.dataset.widest = data.months.map((one) => one.label).sort((a, b) => b.length - a.length)[0];
  const sign = () => {
    play.textContent = timer ? "❚❚" : "▶";
    play.title = timer ? data.words.stop : data.words.play;
    play.setAttribute("aria-label", play.title);
  };
  const paint = () => {
    const month = data.months[range.value];
    root.dataset.moving = "1";
    label.textContent = month.label;
    range.setAttribute("aria-valuetext", month.label);
    areas.forEach((area, n) => area.setAttribute("fill", data.fills[month.classes[n]] ?? data.blank));
  };
  const halt = () => {
    clearInterval(timer);
    timer = 0;
    sign();
  };
  const settle = () => {
    halt();
    delete root.dataset.moving;
    setTriggerValue("month", data.months[range.value].key);
  };
  range.oninput = paint;
  range.onchange = settle;
  play.onclick = () => {
    if (timer) return settle();
    if (Number(range.value) >= data.months.length - 1) range.value = 0;
    paint();
    timer = setInterval(() => {
      range.stepUp();
      paint();
      if (Number(range.value) >= data.months.length - 1) settle();
    }, STEP_MS);
    sign();
  };
  sign();
  return halt;
}
