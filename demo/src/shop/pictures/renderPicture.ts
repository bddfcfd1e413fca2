import { renderAsync } from '@resvg/resvg-js';

/** A drawing of the shop as PNG, for where SVG is not shown: mail, and consoles that take pixels only. */
export async function renderPicture(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, { fitTo: { mode: 'original' }, font: { loadSystemFonts: false } });
  return image.asPng();
}
