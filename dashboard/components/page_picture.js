// The whole screen as one picture: its sheet (page mode) is opened in a frame that nobody sees and painted when it is
// complete. Goes before picture_download.js, whose painter it uses.

const LONGEST_MS = 60_000;
const LOOK_MS = 100;
const FRAME = "position:fixed;left:0;top:0;width:1600px;height:1200px;border:0;opacity:0;pointer-events:none;z-index:-1";
const READY = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]';
const BUSY = '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]';
const SCRIPTED = ".js-plotly-plot:has(.main-svg), .map svg.mapsvg";
const DRAWN = ".rs, .js-plotly-plot";

// The button that saves the picture, and the link that opens the sheet itself.
function whole(data) {
  const address = `${location.pathname}${data.sheet.address}`;
  const link = element("a", "", data.sheet.open);
  link.href = address;
  link.target = "_blank";
  return [pressed(`${data.label}${data.sheet.name}`, () => sheetPicture(address), `${data.name}-${data.sheet.name}`), link];
}

async function sheetPicture(address) {
  const frame = element("iframe");
  frame.style.cssText = FRAME;
  frame.src = address;
  document.body.append(frame);
  try {
    const main = await complete(frame);
    const box = main.getBoundingClientRect();
    return await png(laidOut(main, box), Math.ceil(box.width), Math.ceil(box.height));
  } finally {
    frame.remove();
  }
}

// The main block of the sheet, once its last element stands and everything on it has drawn.
async function complete(frame) {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end; ) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    const page = frame.contentDocument;
    const all = (selector) => [...(page?.querySelectorAll(selector) ?? [])];
    if (
      all(READY).length > 0 &&
      all(".rs .sheet-end").length > 0 &&
      all(BUSY).length === 0 &&
      all(SCRIPTED).length === Number(all(".rs .sheet-end").at(-1).dataset.scripted)
    ) {
      await page.fonts.ready;
      await Promise.all(all('[data-testid="stMain"] img').map((image) => image.decode()));
      return page.querySelector(".stMainBlockContainer");
    }
  }
  throw new Error("the sheet did not become complete");
}

// Streamlit's own layout stays behind: every piece is put where it stands on the sheet.
function laidOut(main, box) {
  const look = getComputedStyle(main);
  const sheet = element("div", "stApp");
  sheet.style.cssText = `width:${box.width}px;font-family:${look.fontFamily};font-size:${look.fontSize};color:${look.color}`;
  const style = element("style");
  style.textContent = styles(main.ownerDocument);
  const ground = element("div", "stMainBlockContainer");
  ground.style.cssText = `position:relative;height:${box.height}px`;
  for (const piece of main.querySelectorAll(DRAWN)) {
    if (piece.parentElement.closest(DRAWN)) continue;
    const at = piece.getBoundingClientRect();
    const placed = framed(copy(piece));
    placed.style.cssText = `position:absolute;left:${at.left - box.left}px;top:${at.top - box.top}px;width:${at.width}px;height:${at.height}px`;
    ground.append(placed);
  }
  sheet.append(style, ground);
  return sheet;
}

