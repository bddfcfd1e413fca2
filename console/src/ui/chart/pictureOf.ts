/** Around the picture, and how much finer than the screen it is. */
const margin = 16;
const scale = 2;

/**
 * A table that is a picture (heat maps, sets) as a PNG: boxes, their grounds and edges, and every word where it stands, as the
 * page shows them. Canvas alone, so that nothing is asked of a server and nothing is left out that is scrolled out of sight.
 */
export async function pictureOf(element: HTMLElement, ground: string): Promise<Blob> {
  const { left, top } = element.getBoundingClientRect();
  const [width, height] = [element.scrollWidth, element.scrollHeight];
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * margin) * scale;
  canvas.height = (height + 2 * margin) * scale;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws no pictures');
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, width + 2 * margin, height + 2 * margin);
  context.translate(margin - left, margin - top);
  drawElement(context, element);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture could not be made')) : resolve(blob)));
  });
}

function drawElement(context: CanvasRenderingContext2D, element: Element): void {
  const style = window.getComputedStyle(element);
  const rect = element.getBoundingClientRect();
  // Words for screen readers alone are a dot of one pixel.
  if (style.display === 'none' || style.visibility === 'hidden' || (rect.width <= 1 && rect.height <= 1)) return;
  context.save();
  context.globalAlpha *= Number(style.opacity);
  drawBox(context, style, rect);
  for (const child of element.childNodes) {
    if (child instanceof Element) drawElement(context, child);
    else if (child instanceof Text) drawWords(context, child, style);
  }
  context.restore();
}

function drawBox(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, rect: DOMRect): void {
  const radius = style.borderTopLeftRadius.endsWith('%')
    ? Math.min(rect.width, rect.height) / 2
    : Number.parseFloat(style.borderTopLeftRadius) || 0;
  const edge = Number.parseFloat(style.borderTopWidth) || 0;
  context.beginPath();
  context.roundRect(rect.left + edge / 2, rect.top + edge / 2, rect.width - edge, rect.height - edge, radius);
  context.fillStyle = style.backgroundColor;
  context.fill();
  if (edge === 0 || style.borderTopStyle === 'none') return;
  context.strokeStyle = style.borderTopColor;
  context.lineWidth = edge;
  context.setLineDash(style.borderTopStyle === 'dashed' ? [3, 3] : []);
  if (style.borderLeftStyle !== 'none' && Number.parseFloat(style.borderLeftWidth) > 0) context.stroke();
  else {
    context.beginPath();
    context.moveTo(rect.left, rect.top + edge / 2);
    context.lineTo(rect.right, rect.top + edge / 2);
    context.stroke();
  }
}

/** Each word by itself: whatever line it was broken to, it stands there. Canvas knows no figures of one width: digits go one by one. */
function drawWords(context: CanvasRenderingContext2D, text: Text, style: CSSStyleDeclaration): void {
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textBaseline = 'middle';
  const range = document.createRange();
  for (const { 0: word, index } of text.data.matchAll(/\d|[^\s\d]+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const rect = range.getBoundingClientRect();
    if (rect.width > 1) context.fillText(word, rect.left, rect.top + rect.height / 2);
  }
}
