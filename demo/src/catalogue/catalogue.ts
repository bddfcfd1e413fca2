import { normal } from '../random/distributions.ts';
import { Random, streams } from '../random/random.ts';
import { type Category, categories } from './categories.ts';
import { type Colour, colourByCode } from './colours.ts';
import { sizeScales } from './sizes.ts';
import {
  homeLines,
  materialsEnglish,
  modelNames,
  partnerBrands,
  styleSentences,
  styles,
  workshopSentences,
} from './words.ts';

/** One article that can be bought: a model in a colour and a size. */
export interface Variant {
  readonly index: number;
  /** The id in the feed, in events and on receipts. */
  readonly sku: string;
  /** From the 2x range, which GS1 leaves to each shop's own use: never another company's article. */
  readonly ean: string;
  readonly model: Model;
  readonly colour: Colour;
  readonly size: string;
}

export interface Model {
  readonly index: number;
  readonly id: string;
  readonly slug: string;
  readonly category: Category;
  readonly fr: string;
  readonly en: string;
  readonly brand: string;
  /** Place in `styles`: people have a leaning. */
  readonly style: number;
  /** Home pieces of one line are made to go together. */
  readonly line: string | null;
  readonly material: string;
  readonly materialEn: string;
  readonly pattern: number;
  readonly descriptionFr: string;
  readonly descriptionEn: string;
  /** List price in euro cents. */
  readonly price: number;
  /** Relative share of its category's sales. */
  readonly popularity: number;
  readonly colours: readonly Colour[];
  readonly sizes: readonly string[];
  /** By colour, then by size. */
  readonly variants: readonly Variant[];
}

export interface Catalogue {
  readonly categories: readonly Category[];
  readonly models: readonly Model[];
  readonly variants: readonly Variant[];
  readonly byCategory: readonly (readonly Model[])[];
}

/** The same for every retailer generated and for the storefront: only stock and sales depend on the day. */
const catalogueSeed = 1412;

/** Composes the whole range; always the same one. */
export function buildCatalogue(): Catalogue {
  const models: Model[] = [];
  const variants: Variant[] = [];
  const byCategory: Model[][] = [];
  categories.forEach((category, place) => {
    const own: Model[] = [];
    for (let number = 0; number < category.models; number++) {
      const model = composeModel(category, place, number, models.length, variants);
      models.push(model);
      own.push(model);
    }
    byCategory.push(own);
  });
  return { categories, models, variants, byCategory };
}

function composeModel(category: Category, place: number, number: number, index: number, variants: Variant[]): Model {
  const random = new Random(catalogueSeed, streams.product, place, number);
  const line = category.department === 'home' && number < homeLines.length ? (homeLines[number] ?? null) : null;
  const name = line ?? modelNames[(place * 17 + number * 5) % modelNames.length] ?? category.nounFr;
  const style = line === null ? random.int(styles.length) : number % styles.length;
  const material = random.pick(category.materials);
  const materialEn = materialsEnglish[material] ?? material;
  const [sentenceFr, sentenceEn] = styleSentences[style] ?? ['', ''];
  const [madeFr, madeEn] = random.pick(workshopSentences);
  const fr = `${category.nounFr} ${name}`;
  const en = `${name} ${category.nounEn}`;
  const id = `${category.code}${101 + number}`;
  const palette = [...new Set(category.palette.split(' '))];
  const colours = pickSome(random, palette, 2 + random.int(3)).map(colourByCode);
  const model: Model & { variants: Variant[] } = {
    index,
    id,
    slug: slugOf(`${fr} ${id}`),
    category,
    fr,
    en,
    brand: random.chance(0.72) ? 'Clairvoie' : random.pick(partnerBrands),
    style,
    line,
    material,
    materialEn,
    pattern: random.chance(0.45) ? 1 + random.int(4) : 0,
    descriptionFr: `${sentenceFr} Matière : ${material}. ${madeFr}`,
    descriptionEn: `${sentenceEn} Material: ${materialEn}. ${madeEn}`,
    price: listPrice(random, category.price),
    popularity: Math.exp(0.9 * normal(random)),
    colours,
    sizes: sizeScales[category.sizes],
    variants: [],
  };
  for (const colour of colours) {
    for (const size of model.sizes) {
      const variant = {
        index: variants.length,
        sku: skuOf(id, colour, size),
        ean: eanOf(variants.length),
        model,
        colour,
        size,
      };
      model.variants.push(variant);
      variants.push(variant);
    }
  }
  return model;
}

function pickSome(random: Random, items: readonly string[], count: number): string[] {
  const rest = [...items];
  const chosen: string[] = [];
  while (chosen.length < count && rest.length > 0) chosen.push(...rest.splice(random.int(rest.length), 1));
  return chosen;
}

/** Retail prices end in 5 or 9 euros above 30 €, in 90 cents below. */
function listPrice(random: Random, [low, high]: readonly [number, number]): number {
  const euros = low + (high - low) * random.next() ** 1.6;
  if (euros < 30) return Math.round(euros) * 100 + 90 - 100;
  const tens = Math.floor(euros / 10) * 10;
  return (tens + (euros - tens < 5 ? 5 : 9)) * 100;
}

function skuOf(id: string, colour: Colour, size: string): string {
  return `${id}-${colour.code}${size === 'TU' ? '' : `-${size.replaceAll(' ', '').replace('×', 'X')}`}`;
}

function eanOf(index: number): string {
  const body = `29${String(1400000000 + index * 37).padStart(10, '0')}`;
  let sum = 0;
  for (let place = 0; place < 12; place++) sum += Number(body[place]) * (place % 2 === 0 ? 1 : 3);
  return body + String((10 - (sum % 10)) % 10);
}

/** A piece of a web address: lower case, no accents, words joined by hyphens. */
export function slugOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replaceAll('œ', 'oe')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
