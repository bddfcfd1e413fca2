import type { Model } from '../../catalogue/catalogue.ts';
import type { Colour } from '../../catalogue/colours.ts';
import { accessories } from './accessories.ts';
import { clothes } from './clothes.ts';
import { house } from './house.ts';
import { type Tones, tonesOf } from './tones.ts';

/** Leather, straw, wax and metal stay plain. */
const plainShapes = new Set([
  'loafer',
  'sneaker',
  'bag',
  'earrings',
  'hat',
  'candle',
  'plate',
  'lamp',
  'soap',
  'trousers',
]);
const shapes = { ...clothes, ...accessories, ...house };

/** The picture of a model in a colour: its shape before a lit window. Self-contained SVG, about 2 kB. */
export function drawPicture(model: Model, colour: Colour): string {
  const tones = tonesOf(colour.hex);
  const shape = shapes[model.category.shape];
  if (shape === undefined) throw new RangeError(`There is no shape ${model.category.shape}.`);
  const pattern = plainShapes.has(model.category.shape) ? 0 : model.pattern;
  const fill = pattern === 0 ? tones.main : 'url(#p)';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 480" width="400" height="480">${pattern === 0 ? '' : `<defs>${drawPattern(pattern, tones)}</defs>`}<rect width="400" height="480" fill="${tones.wall}"/>${drawWindow(tones)}${shape(tones, fill)}</svg>\n`;
}

/** A round-headed window with its bars: the brand's sign. */
function drawWindow({ wall, window }: Tones): string {
  return `<path d="M52 480V196a148 148 0 0 1 296 0V480Z" fill="${window}"/><g fill="none" stroke="${wall}" stroke-width="3" opacity=".7"><path d="M126 480V196a74 74 0 0 1 148 0V480M200 48V480M52 196H348M52 338H348M95 92L148 144M305 92L252 144"/></g>`;
}

function drawPattern(kind: number, { main, light, dark }: Tones): string {
  const tile = (size: number, marks: string, turn = 0) =>
    `<pattern id="p" width="${size}" height="${size}" patternUnits="userSpaceOnUse"${turn === 0 ? '' : ` patternTransform="rotate(${turn})"`}><rect width="${size}" height="${size}" fill="${main}"/>${marks}</pattern>`;
  switch (kind) {
    case 1:
      return tile(18, `<rect width="18" height="6" fill="${light}"/>`);
    case 2:
      return tile(
        20,
        `<circle cx="5" cy="5" r="3.2" fill="${light}"/><circle cx="15" cy="15" r="3.2" fill="${light}"/>`,
      );
    case 3:
      return tile(
        28,
        `<rect width="10" height="28" fill="${dark}" opacity=".45"/><rect width="28" height="10" fill="${dark}" opacity=".45"/><rect x="18" width="2" height="28" fill="${light}"/><rect y="18" width="28" height="2" fill="${light}"/>`,
      );
    default:
      return tile(
        26,
        `<path d="M13 4C18 8 18 16 13 22C8 16 8 8 13 4Z" fill="${light}" opacity=".9"/><path d="M13 4V22" stroke="${dark}" stroke-width="1.4"/>`,
        24,
      );
  }
}
