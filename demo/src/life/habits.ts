import { categories } from '../catalogue/categories.ts';
import { styles } from '../catalogue/words.ts';
import type { Person } from '../people/person.ts';
import { exponential, gamma } from '../random/distributions.ts';
import { Random, streams } from '../random/random.ts';

/** What a person is like as a customer: drawn once, stable for life, the structure that models can find again. */
export interface Habits {
  /** Orders a year while a customer. Gamma across people: many buy seldom, a few very often. */
  readonly ordersPerYear: number;
  /** Years from joining until they stop, whether they notice or not. */
  readonly yearsActive: number;
  /** Visits to the site a year besides those around orders. */
  readonly visitsPerYear: number;
  /** Share of orders made in a store. */
  readonly storeShare: number;
  readonly hasAccount: boolean;
  /** Has typed the loyalty card's number into the account. */
  readonly linksCard: boolean;
  readonly newsletter: boolean;
  /** Waits for sales and types in codes: 0 to 1. */
  readonly thrift: number;
  /** Leaning over `categories`, by place. */
  readonly taste: readonly number[];
  readonly style: number;
  /** 0 to 1 on every size scale. */
  readonly size: number;
  readonly hours: number;
  /** A consumable bought again whenever it runs out: place in `categories`, or -1. */
  readonly refill: number;
  readonly devices: number;
}

export function habitsOf(seed: number, person: Person): Habits {
  const random = new Random(seed, streams.life, person.index, 1);
  const prospect = random.chance(0.2);
  const buysInStore = person.store !== null && random.chance(0.85);
  const storeOnly = buysInStore && random.chance(0.4);
  const online = !storeOnly;
  const refills = categories.flatMap((category, place) => (category.refillDays === undefined ? [] : [place]));
  return {
    ordersPerYear: prospect ? 0 : Math.min(40, gamma(random, 0.75, 3.1)),
    yearsActive: 0.15 + exponential(random) * gamma(random, 3, 0.75),
    visitsPerYear: (online ? 5 : 1) * gamma(random, 0.8, 1.25),
    storeShare: storeOnly ? 1 : buysInStore ? random.between(0.3, 0.9) : 0,
    hasAccount: online && !person.sharesEmail && random.chance(0.76),
    linksCard: random.chance(0.4),
    newsletter: random.chance(prospect ? 0.95 : 0.5),
    thrift: random.next() ** 1.5,
    taste: drawTaste(random, person.female),
    style: random.int(styles.length),
    size: Math.min(0.999, Math.max(0, (random.next() + random.next() + random.next()) / 3)),
    hours: random.int(4),
    refill: random.chance(0.1) ? random.pick(refills) : -1,
    devices: online ? 1 + (random.chance(0.62) ? 1 : 0) + (random.chance(0.14) ? 1 : 0) : 1,
  };
}

/** Women's, men's or home things first, then three favourite categories on top. */
function drawTaste(random: Random, female: boolean): readonly number[] {
  const own = female ? 'women' : 'men';
  const homeLeaning = random.next();
  const taste = categories.map((category) => {
    if (category.department === 'home') return 0.15 + 1.8 * homeLeaning;
    if (category.department === own) return 1.9 - 1.5 * homeLeaning;
    return 0.14;
  });
  for (let favourite = 0; favourite < 3; favourite++) {
    const place = random.int(categories.length);
    const category = categories[place];
    const fits = category?.department === 'home' || category?.department === own || random.chance(0.15);
    if (fits) taste[place] = (taste[place] ?? 1) * 7;
  }
  return taste;
}

/** What nobody in particular likes: for visitors of whom nothing is known. */
export const noTaste: readonly number[] = categories.map(() => 1);
