"""Whether a page can be read by who sees little, hears it read aloud or uses no mouse: axe-core, and what it cannot
tell of charts.
"""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from dashboard.streamlit_inside.parts import APP_CLASS

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
# Rules of axe that Streamlit itself breaks where nothing of ours can mend it: rule -> the elements.
STREAMLITS_OWN = {
    "region": "body > :not(#root)",  # menus and lists that open are put beside the page, outside its landmarks
}
_RUN = """async (own) => {
  const found = await axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
  return found.violations.flatMap(({ id, nodes }) => nodes
    .filter(({ target }) => !own[id] || !document.querySelector(target[0])?.closest(own[id]))
    .map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`.trim()));
}"""
# The ground of a word in a chart may be a bar or a cell drawn before it, which axe does not see: what lies under its
# middle.
_WORDS_OF_CHARTS = """async (app) => {
  const numbers = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const over = (ground, [red, green, blue, alpha = 1], share) =>
    ground.map((one, place) => one + ([red, green, blue][place] - one) * alpha * share);
  const page = numbers(getComputedStyle(document.querySelector(app)).backgroundColor).slice(0, 3);
  const holds = (shape, x, y) => {
    const box = shape.getBoundingClientRect();
    if (!(box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)) return false;
    const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
    return shape.isPointInFill(point);
  };
  const pictures = new Map(); // cells of a grid are one picture
  for (const image of document.querySelectorAll('.js-plotly-plot image')) {
    const drawing = new Image();
    drawing.src = image.getAttribute('href') ?? image.getAttribute('xlink:href');
    await drawing.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: drawing.width, height: drawing.height });
    const pen = canvas.getContext('2d');
    pen.drawImage(drawing, 0, 0);
    pictures.set(image, (x, y) => {
      const box = image.getBoundingClientRect();
      const inside = box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
      const at = [(x - box.left) / box.width * canvas.width, (y - box.top) / box.height * canvas.height].map(Math.floor);
      const [red, green, blue, alpha] = inside ? pen.getImageData(...at, 1, 1).data : [0, 0, 0, 0];
      return [red, green, blue, alpha / 255];
    });
  }
  const pale = [];
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const drawn = [...plot.querySelectorAll('.main-svg :is(text, path, rect, image)')];
    drawn.forEach((word, place) => {
      const box = word.getBoundingClientRect();
      if (word.tagName !== 'text' || !word.textContent.trim() || !box.width) return;
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      const ground = drawn.slice(0, place).filter((shape) => shape.tagName !== 'text').reduce((colour, shape) => {
        if (pictures.has(shape)) return over(colour, pictures.get(shape)(x, y - box.height / 2 - 1), 1);
        const style = getComputedStyle(shape);
        if (style.fill === 'none' || !style.fill.startsWith('rgb') || style.visibility === 'hidden' || !holds(shape, x, y)) return colour;
        return over(colour, numbers(style.fill), Number(style.fillOpacity) * Number(style.opacity));
      }, page);
      for (const part of word.querySelector('tspan') ? word.querySelectorAll('tspan') : [word]) {
        const said = part.textContent.trim();
        const style = getComputedStyle(part);
        const ink = over(ground, numbers(style.fill), Number(style.fillOpacity) * Number(getComputedStyle(word).opacity));
        const [more, less] = [light(ink), light(ground)].sort((one, other) => other - one);
        const ratio = (more + 0.05) / (less + 0.05);
        if (/[\\p{L}\\p{N}]/u.test(said) && ratio < 4.5) pale.push(`chart: "${said}" ${ratio.toFixed(2)} : 1, ${style.fill} on ${ground.map(Math.round)}`);
      }
    });
  }
  return [...new Set(pale)];
}"""


def faults(page: Page) -> list[str]:
    """What keeps somebody from reading the page as it is now: a rule of axe and an element, or a pale
    word of a chart.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    return [*page.evaluate(_RUN, STREAMLITS_OWN), *pale_words(page)]


def pale_words(page: Page) -> list[str]:
    """Words of charts that are less than 4.5 times as light or dark as what lies under them."""
    told: list[str] = page.evaluate(_WORDS_OF_CHARTS, APP_CLASS)
    return told
