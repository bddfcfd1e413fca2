/** What happens at one moment: a visit to a site, a sale or return at a till, a refund by the back office. */
export const kinds = {
  browse: 0,
  search: 1,
  abandon: 2,
  order: 3,
  research: 4,
  refund: 5,
  stranger: 6,
  sale: 7,
  takeBack: 8,
} as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

export const flags = {
  /** The device still carries the user id of an earlier login. */
  known: 1,
  login: 2,
  signUp: 4,
  /** Gives an e-mail address without an account. */
  guest: 8,
  newsletter: 16,
  refill: 32,
  /** The order meant was made in a store. */
  store: 64,
} as const;

export interface Occurrence {
  readonly at: number;
  readonly person: number;
  readonly kind: Kind;
  readonly flags: number;
  readonly device: number;
  /** The person's how-manieth visit: makes it reproducible. */
  readonly ordinal: number;
  /** The order meant, by number and moment. */
  readonly order: number;
  readonly orderAt: number;
}

/**
 * Millions of occurrences in columns of plain numbers (23 bytes each), so that they can be put in order of time without
 * being written to disk first: people are drawn one by one, exports are chronological.
 */
export class Occurrences {
  private length = 0;
  private seconds = new Uint32Array(1024);
  private people = new Uint32Array(1024);
  private orderSeconds = new Uint32Array(1024);
  private orders = new Uint16Array(1024);
  private ordinals = new Uint16Array(1024);
  private small = new Uint8Array(3 * 1024);

  private readonly origin: number;

  constructor(origin: number) {
    this.origin = origin;
  }

  get size(): number {
    return this.length;
  }

  add(one: Occurrence): void {
    if (this.length === this.seconds.length) this.grow();
    const place = this.length++;
    this.seconds[place] = Math.round((one.at - this.origin) / 1000);
    this.people[place] = one.person;
    this.orderSeconds[place] = Math.round(Math.max(0, one.orderAt - this.origin) / 1000);
    this.orders[place] = one.order;
    this.ordinals[place] = one.ordinal;
    this.small[place * 3] = one.kind;
    this.small[place * 3 + 1] = one.flags;
    this.small[place * 3 + 2] = one.device;
  }

  /** In order of time; equal moments in order of addition. */
  *inOrder(): Generator<Occurrence> {
    // Seconds (27 bits) and place (24 bits) fit a double exactly, and numbers sort natively.
    const keys = new Float64Array(this.length);
    for (let place = 0; place < this.length; place++) keys[place] = (this.seconds[place] ?? 0) * 2 ** 24 + place;
    keys.sort();
    for (const key of keys) yield this.at(key % 2 ** 24);
  }

  private at(place: number): Occurrence {
    const kind = this.small[place * 3] ?? 0;
    return {
      at: this.origin + (this.seconds[place] ?? 0) * 1000,
      person: this.people[place] ?? 0,
      kind: kindOf(kind),
      flags: this.small[place * 3 + 1] ?? 0,
      device: this.small[place * 3 + 2] ?? 0,
      ordinal: this.ordinals[place] ?? 0,
      order: this.orders[place] ?? 0,
      orderAt: this.origin + (this.orderSeconds[place] ?? 0) * 1000,
    };
  }

  private grow(): void {
    const size = this.seconds.length * 2;
    if (size > 2 ** 24) throw new RangeError('More than 16 million visits: ask for fewer customers or months.');
    this.seconds = enlarge(this.seconds, new Uint32Array(size));
    this.people = enlarge(this.people, new Uint32Array(size));
    this.orderSeconds = enlarge(this.orderSeconds, new Uint32Array(size));
    this.orders = enlarge(this.orders, new Uint16Array(size));
    this.ordinals = enlarge(this.ordinals, new Uint16Array(size));
    this.small = enlarge(this.small, new Uint8Array(size * 3));
  }
}

function enlarge<T extends Uint8Array | Uint16Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

const byNumber = new Map<number, Kind>(Object.values(kinds).map((kind) => [kind, kind]));

function kindOf(value: number): Kind {
  const kind = byNumber.get(value);
  if (kind === undefined) throw new RangeError(`There is no kind ${value} of occurrence.`);
  return kind;
}
