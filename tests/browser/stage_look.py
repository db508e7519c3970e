"""What is wrong with the sheet that a meeting shows: cut or overlapping words, letters too small, contrast too low."""

# Of the stage's height; WCAG 2.2, success criteria 1.4.3 and 1.4.6.
SMALLEST, CONTRAST, CONTRAST_TITLE = 0.028, 4.5, 7.0

STAGE_LOOK = """([smallest, enough, enoughTitle]) => {
  const found = [];
  const room = document.querySelector('.meeting'), board = room.querySelector('.board');
  const stage = board.getBoundingClientRect();
  for (const box of [document.documentElement, document.body])
    if (box.scrollWidth > innerWidth || (getComputedStyle(box).overflowY !== 'hidden' && box.scrollHeight > innerHeight + 1))
      found.push(`${box.tagName} scrolls`);
  if (Math.abs(stage.width / stage.height - 16 / 9) > 0.01) found.push('the stage is not 16:9');
  if (stage.width > innerWidth + 1 || stage.height > innerHeight + 1) found.push('the stage is larger than the window');

  const parsed = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const channels = (colour) => colour.startsWith('color(') ? parsed(colour).slice(0, 3).map((part) => part * 255)
    : parsed(colour).slice(0, 3);
  const opaque = (colour) => (parsed(colour)[3] ?? 1) > 0.99;
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (opaque(colour)) return channels(colour);
    }
    return [255, 255, 255];
  };

  const words = [];
  const walk = document.createTreeWalker(board, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim(), node = walk.currentNode.parentElement;
    if (!text || !node.checkVisibility() || node.closest('.tools')) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const box = range.getBoundingClientRect(), style = getComputedStyle(node);
    const name = `"${text.slice(0, 24)}"`;
    const size = parseFloat(style.fontSize) * (node.closest('svg') ? node.getScreenCTM().a : stage.height / 1080);
    if (size < smallest * stage.height - 0.01) found.push(`${name} is ${(size / stage.height * 100).toFixed(2)} % high`);
    if (box.left < stage.left || box.right > stage.right || box.top < stage.top || box.bottom > stage.bottom)
      found.push(`${name} leaves the stage`);
    for (let one = node; one !== board; one = one.parentElement) {
      const edge = one.getBoundingClientRect();
      if (getComputedStyle(one).overflowX === 'hidden' && one.tagName !== 'svg'
          && (box.left < edge.left - 0.1 || box.right > edge.right + 0.1)) found.push(`${name} is cut`);
    }
    const ink = node.closest('svg') ? style.fill : style.color;
    const [light, dark] = [luminance(channels(ink)), luminance(behind(node))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < (node.closest('h1') ? enoughTitle : enough)) found.push(`${name} has a contrast of ${ratio.toFixed(2)}`);
    // A line's box is taller than its letters, which stand in its middle.
    const middle = (box.top + box.bottom) / 2;
    const letters = { left: box.left, right: box.right, top: middle - size * 0.46, bottom: middle + size * 0.46 };
    words.push({ name, box: letters, home: node.closest('.cut, .note, h1, text') ?? node });
  }
  const apart = (a, b) => a.box.right <= b.box.left + 1 || b.box.right <= a.box.left + 1
    || a.box.bottom <= b.box.top + 1 || b.box.bottom <= a.box.top + 1;
  words.forEach((one, n) => {
    for (const other of words.slice(n + 1))
      if (one.home !== other.home && !apart(one, other)) found.push(`${one.name} lies over ${other.name}`);
  });
  if (words.length < 4) found.push('hardly a word');
  return [...new Set(found)];
}"""
