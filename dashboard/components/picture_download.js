// Every titled picture on the screen as PNG, made in the browser: the block is copied with the board's own styles into
// an SVG, and that is painted on a canvas. Nothing is sent anywhere and the server needs no browser of its own.

const SCALE = 2;
const PADDING = 20;
const TITLED = "[data-picture], .rs .block";
const CONTROLS = ".zoom, .months, .maptip, .modebar-container";

export default function ({ data: [data], parentElement }) {
  const list = parentElement.querySelector(".list");
  const fill = () => list.replaceChildren(...whole(data), ...pictures().map((one) => button(one, data)));
  fill();
  list.onpointerenter = fill;
  return () => list.replaceChildren();
}

function button(picture, data) {
  const made = pressed(`${data.label}${picture.title}`, () => painted(picture), `${data.name}-${picture.title}`);
  made.title = picture.title;
  return made;
}

// A button that paints a picture and saves it, and cannot be pressed again meanwhile.
function pressed(words, paint, name) {
  const made = element("button", "", words);
  made.type = "button";
  made.onclick = async () => {
    made.disabled = true;
    try {
      save(await paint(), name.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 80));
    } finally {
      made.disabled = false;
    }
  };
  return made;
}

function pictures() {
  return [...document.querySelector('[data-testid="stMain"]').querySelectorAll(TITLED)]
    .map((head) => ({ head, title: head.dataset.picture ?? head.querySelector("h2")?.textContent ?? "", parts: parts(head) }))
    .filter((one) => one.title && one.parts.length > 0);
}

// What belongs to a title: the map itself, or what follows the head of a block up to the next title or choice.
function parts(head) {
  if (head.dataset.picture !== undefined) return [head];
  const found = [];
  for (let next = head.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.matches(TITLED) || next.querySelector(TITLED)) return found;
    found.push(next);
  }
  // Pieces that were drawn together stand side by side in one element.
  for (let next = head.closest(".rs")?.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.querySelector(TITLED)) return found;
    found.push(next);
  }
  let below = head.closest('[data-testid="stElementContainer"]')?.nextElementSibling;
  for (; below && !below.querySelector(`${TITLED}, h1, button, input, a`); below = below.nextElementSibling) {
    const drawn = below.querySelector(".js-plotly-plot, .rs");
    if (drawn) found.push(drawn);
  }
  return found;
}

function painted(picture) {
  const sheet = page(picture);
  const shade = document.body.appendChild(document.createElement("div"));
  shade.style.cssText = "position:fixed;left:-20000px;top:0";
  shade.append(sheet);
  const [wide, tall] = [sheet.offsetWidth, Math.ceil(sheet.getBoundingClientRect().height)];
  shade.remove();
  return png(sheet, wide, tall);
}

async function png(sheet, wide, tall) {
  const xml =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}"><foreignObject width="100%" height="100%">` +
    `${new XMLSerializer().serializeToString(sheet)}</foreignObject></svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(xml)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [wide * SCALE, tall * SCALE];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

// The sheet that is painted: title, picture, and at its foot the screen, the period and the footnote.
function page({ head, title, parts }) {
  const app = document.querySelector(".stApp");
  const look = getComputedStyle(app);
  const wide = Math.max(head.getBoundingClientRect().width, ...parts.map((one) => one.getBoundingClientRect().width));
  const sheet = element("div", "stApp");
  sheet.style.cssText =
    `box-sizing:border-box;width:${Math.ceil(wide) + 2 * PADDING}px;padding:${PADDING}px;position:static;` +
    `color-scheme:${look.colorScheme};background:${look.backgroundColor};color:${look.color};font-family:${look.fontFamily};font-size:${look.fontSize}`;
  const style = element("style");
  style.textContent = styles();
  const top = head.dataset.picture === undefined ? head.cloneNode(true) : element("div", "block");
  if (head.dataset.picture !== undefined) {
    top.append(element("h2", "", title), element("p", "sub", head.dataset.reading));
  }
  const foot = element("div", "foot");
  foot.append(...[kicker(), ...footnotes()].filter(Boolean).map((words) => element("span", "", words)));
  sheet.append(style, framed(top), ...parts.map((one) => framed(copy(one))), framed(foot));
  return sheet;
}

// The stylesheet asks for these two around everything it styles.
function framed(node) {
  const outer = element("div");
  outer.dataset.testid = "stHtml";
  const inner = node.matches(".rs") ? node : element("div", "rs");
  if (inner !== node) inner.append(node);
  outer.append(inner);
  return outer;
}

function copy(one) {
  const made = one.cloneNode(true);
  if (one.matches(".js-plotly-plot")) placed(one, made);
  for (const control of made.querySelectorAll(CONTROLS)) control.remove();
  const stage = made.querySelector(".stage");
  if (stage) stage.style.height = `${one.querySelector(".stage").clientHeight}px`;
  return made;
}

// Plotly places its layers by a stylesheet of its own.
function placed(one, made) {
  const own = [one, ...one.querySelectorAll("div, .main-svg")];
  const copies = [made, ...made.querySelectorAll("div, .main-svg")];
  own.forEach((from, n) => {
    const look = getComputedStyle(from);
    for (const name of ["position", "left", "top", "width", "height", "overflow"]) copies[n].style[name] = look[name];
  });
}

function styles(from = document) {
  const kept = (rule) =>
    !(rule instanceof CSSMediaRule)
      ? rule.cssText
      : matchMedia(rule.conditionText).matches
        ? [...rule.cssRules].map(kept).join("")
        : "";
  return [...from.styleSheets]
    .filter((sheet) => sheet.ownerNode?.textContent.includes(".rs .block"))
    .flatMap((sheet) => [...sheet.cssRules].map(kept))
    .join("\n");
}

function kicker() {
  const words = [...document.querySelectorAll(".rs .kicker span")].map((one) => one.textContent);
  return words.join(" ");
}

function footnotes() {
  return [...document.querySelectorAll('[data-testid="stMain"] .rs .foot span')].map((one) => one.textContent);
}

function element(tag, kind = "", words = "") {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (words) made.textContent = words;
  return made;
}

function save(blob, name) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
