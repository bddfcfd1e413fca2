/**
 * A small, fast, reseedable generator: sfc32 (Chris Doty-Humphrey, PractRand, public domain).
 * Everything drawn for one person, visit or order comes from a generator seeded by who it is about, so any part can be
 * produced again on its own, in any order, and stays the same.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  constructor(seed = 0, ...keys: number[]) {
    this.reseed(seed, ...keys);
  }

  /** Starts over for another subject. Cheap: one object serves millions of subjects. */
  reseed(seed: number, first = 0, second = 0, third = 0): this {
    this.a = mix(seed ^ 0x9e3779b9);
    this.b = mix(first + Math.imul(this.a, 0x85ebca6b));
    this.c = mix(second + Math.imul(this.b, 0xc2b2ae35));
    this.counter = mix(third ^ this.c) | 1;
    for (let round = 0; round < 8; round++) this.uint32();
    return this;
  }

  uint32(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** Evenly in [0, 1). */
  next(): number {
    return this.uint32() / 4294967296;
  }

  /** A whole number in [0, below). */
  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)];
    if (item === undefined) throw new RangeError('Cannot pick from an empty list.');
    return item;
  }
}

/** MurmurHash3's finaliser: every input bit reaches every output bit. */
export function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Names the subjects a generator is seeded for; a number may never be used for two things. */
export const streams = {
  person: 1,
  household: 2,
  life: 3,
  order: 4,
  refund: 5,
  visit: 6,
  device: 7,
  crm: 8,
  newsletter: 9,
  support: 10,
  product: 11,
  stock: 12,
  visitor: 13,
  live: 14,
  site: 15,
} as const;
