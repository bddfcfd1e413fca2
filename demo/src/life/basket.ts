import type { Catalogue, Model, Variant } from '../catalogue/catalogue.ts';
import { salePercent } from '../catalogue/prices.ts';
import { mix, type Random } from '../random/random.ts';
import type { Habits } from './habits.ts';

export interface Choice {
  readonly variant: Variant;
  readonly quantity: number;
}

export interface Shopper {
  readonly index: number;
  readonly habits: Habits;
}

/** Fills a basket: a first thing by taste and season, then what goes with it or whatever else pleases. */
export function fillBasket(
  catalogue: Catalogue,
  shopper: Shopper,
  at: number,
  refill: boolean,
  random: Random,
): Choice[] {
  const chosen = new Map<Model, Choice>();
  const first = refill
    ? favouriteRefill(catalogue, shopper)
    : pickModel(catalogue, shopper, pickCategory(catalogue, shopper, at, random), at, random);
  put(chosen, first, shopper, random);
  let last = first;
  while (chosen.size < 8 && random.chance(refill ? 0.25 : 0.48)) {
    last = random.chance(0.55)
      ? pickCompanion(catalogue, last, shopper, at, random)
      : pickModel(catalogue, shopper, pickCategory(catalogue, shopper, at, random), at, random);
    if (!chosen.has(last)) put(chosen, last, shopper, random);
  }
  return [...chosen.values()];
}

/** A model somebody looks at without buying: the same taste, less decided. */
export function pickSomething(catalogue: Catalogue, shopper: Shopper, at: number, random: Random): Model {
  return pickModel(catalogue, shopper, pickCategory(catalogue, shopper, at, random), at, random);
}

const weights = new Float64Array(64);

export function pickCategory(catalogue: Catalogue, shopper: Shopper, at: number, random: Random): number {
  const month = new Date(at).getUTCMonth();
  const { taste } = shopper.habits;
  const { categories } = catalogue;
  let sum = 0;
  for (let place = 0; place < categories.length; place++) {
    const category = categories[place];
    sum += category === undefined ? 0 : category.weight * (category.season[month] ?? 10) * (taste[place] ?? 1);
    weights[place] = sum;
  }
  return drawn(random.next() * sum, categories.length);
}

export function pickModel(catalogue: Catalogue, shopper: Shopper, place: number, at: number, random: Random): Model {
  const models = catalogue.byCategory[place] ?? [];
  const { thrift, style } = shopper.habits;
  let sum = 0;
  for (let index = 0; index < models.length; index++) {
    const model = models[index];
    if (model !== undefined) {
      let weight = model.popularity;
      if (model.style === style) weight *= 3;
      const reduction = salePercent(model, at);
      if (reduction > 0) weight *= 1 + 3 * thrift;
      // Thrifty people lean towards the cheaper half of a category.
      weight *= model.price > (catalogue.categories[place]?.price[1] ?? 0) * 0.6 ? 1.3 - thrift : 1;
      sum += weight;
    }
    weights[index] = sum;
  }
  const model = models[drawn(random.next() * sum, models.length)];
  if (model === undefined) throw new RangeError(`Category ${place} has no models.`);
  return model;
}

function pickCompanion(catalogue: Catalogue, model: Model, shopper: Shopper, at: number, random: Random): Model {
  const code = random.pick(model.category.companions);
  const place = catalogue.categories.findIndex((category) => category.code === code);
  const sameLine =
    model.line === null ? undefined : catalogue.byCategory[place]?.find((one) => one.line === model.line);
  if (sameLine !== undefined && random.chance(0.6)) return sameLine;
  // The same few pairs come up again and again: a stylist's pairing, fixed per model.
  const paired =
    catalogue.byCategory[place]?.[(mix(model.index * 31 + place) >>> 0) % (catalogue.byCategory[place]?.length || 1)];
  if (paired !== undefined && random.chance(0.4)) return paired;
  return pickModel(catalogue, shopper, place, at, random);
}

function favouriteRefill(catalogue: Catalogue, shopper: Shopper): Model {
  const models = catalogue.byCategory[shopper.habits.refill] ?? [];
  const model = models[(mix(shopper.index * 7 + 3) >>> 0) % models.length];
  if (model === undefined) throw new RangeError('The shopper has no refill.');
  return model;
}

const sets = new Set(['AS', 'TA', 'SB', 'CO']);

function put(chosen: Map<Model, Choice>, model: Model, shopper: Shopper, random: Random): void {
  const quantity =
    sets.has(model.category.code) && random.chance(0.6) ? 2 * (1 + random.int(3)) : random.chance(0.05) ? 2 : 1;
  chosen.set(model, { variant: pickVariant(model, shopper, random), quantity });
}

/** A person's colours repeat; their size is theirs, unless it is a present. */
export function pickVariant(model: Model, shopper: Shopper, random: Random): Variant {
  let best = 0;
  let bestLiking = -1;
  for (let place = 0; place < model.colours.length; place++) {
    const code = model.colours[place]?.code ?? '';
    const liking =
      ((mix(shopper.index * 131 + code.charCodeAt(0) * 17 + code.charCodeAt(1)) >>> 0) % 100) + random.int(60);
    if (liking > bestLiking) {
      best = place;
      bestLiking = liking;
    }
  }
  const scale = model.sizes.length;
  const own = Math.floor(shopper.habits.size * scale);
  const size = random.chance(0.88) ? own : random.int(scale);
  const variant = model.variants[best * scale + size];
  if (variant === undefined) throw new RangeError(`${model.id} has no size ${size}.`);
  return variant;
}

function drawn(target: number, count: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((weights[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
