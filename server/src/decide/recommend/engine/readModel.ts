import { Bench, type RecommendSpace, type RecommendWork } from './space.ts';

/** What each item foresees, as flat arrays: those of item i stand from `offsets[i]` to `offsets[i + 1]`, best first. */
export interface ItemModel {
  readonly items: number;
  readonly offsets: Int32Array;
  readonly others: Int32Array;
  readonly scores: Float32Array;
  /** What each item has for everybody, before any history: EASE has it. Only added to what a history foresees. */
  readonly prior?: Float32Array;
}

/** What each person had, newest first; that of the nth from `offsets[n]` to `offsets[n + 1]`. */
export interface Histories {
  readonly users: Float64Array;
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
  /** Milliseconds. */
  readonly ats: Float64Array;
}

/** Rows of a stream of JSON lines, a chunk at a time. */
export async function* readLines<Row>(
  stream: AsyncIterable<Uint8Array>,
  read: (row: unknown) => Row,
): AsyncIterable<Row> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield read(JSON.parse(line));
  }
  if (rest !== '') yield read(JSON.parse(rest));
}

/** Grows as numbers come; arrays of JavaScript would take four times the memory. */
class Growing<A extends Int32Array | Float32Array | Float64Array> {
  #values: A;
  readonly #make: (length: number) => A;
  length = 0;

  constructor(make: (length: number) => A, expected: number) {
    this.#make = make;
    this.#values = make(Math.max(16, expected));
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = this.#make(this.#values.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  done(): A {
    const exact = this.#make(this.length);
    exact.set(this.#values.subarray(0, this.length));
    return exact;
  }
}

const ints = (length: number): Int32Array => new Int32Array(length);
const floats = (length: number): Float32Array => new Float32Array(length);
const doubles = (length: number): Float64Array => new Float64Array(length);

const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);
const field = (row: unknown, name: string): unknown =>
  typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;

/** Of each item so many of its best neighbours foresee it; and so many of those an item foresees best are kept. */
export const foreseenBy = 50;
export const foresees = 100;

/**
 * The model that foresees what somebody wants next, from the neighbours as they were built: an item is foreseen by its own
 * best neighbours, so the lists are turned round. Taking the best of what was had instead, without turning, loses a tenth
 * of NDCG, and keeping more than a hundred of each gains nothing (docs/adr/0065).
 */
export async function readItemModel(
  space: RecommendSpace,
  items: number,
  work: RecommendWork = {},
): Promise<ItemModel> {
  const bench = new Bench(space, work);
  const [sources, targets, scores] = [new Growing(ints, 0), new Growing(ints, 0), new Growing(floats, 0)];
  const rows = bench.stream(
    'readNeighbours',
    `select item, arraySlice(others, 1, ${foreseenBy}) as others, arraySlice(scores, 1, ${foreseenBy}) as scores
    from ${bench.table('neighbours')} order by item`,
    {},
    {},
  );
  for await (const row of readLines(rows, (each) => each)) {
    const item = Number(field(row, 'item'));
    for (const other of numbers(field(row, 'others'))) {
      sources.push(other);
      targets.push(item);
    }
    for (const score of numbers(field(row, 'scores'))) scores.push(score);
  }
  return turnRound(items, sources.done(), targets.done(), scores.done());
}

function turnRound(items: number, sources: Int32Array, targets: Int32Array, scores: Float32Array): ItemModel {
  const starts = ints(items + 1);
  for (const source of sources) starts[source + 1] = (starts[source + 1] ?? 0) + 1;
  for (let item = 0; item < items; item += 1) starts[item + 1] = (starts[item + 1] ?? 0) + (starts[item] ?? 0);
  const places = starts.slice();
  const order = ints(sources.length);
  for (let at = 0; at < sources.length; at += 1) {
    const source = sources[at] ?? 0;
    order[places[source] ?? 0] = at;
    places[source] = (places[source] ?? 0) + 1;
  }
  const offsets = ints(items + 1);
  const [others, kept] = [new Growing(ints, 0), new Growing(floats, 0)];
  for (let item = 0; item < items; item += 1) {
    const own = order.subarray(starts[item] ?? 0, starts[item + 1] ?? 0);
    own.sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || (targets[one] ?? 0) - (targets[other] ?? 0));
    for (const at of own.subarray(0, foresees)) {
      others.push(targets[at] ?? 0);
      kept.push(scores[at] ?? 0);
    }
    offsets[item + 1] = others.length;
  }
  return { items, offsets, others: others.done(), scores: kept.done() };
}

/** The histories of everybody, or of those a condition on `user` lets through. */
export async function readHistories(
  space: RecommendSpace,
  { where = '' }: { where?: string } = {},
  work: RecommendWork = {},
): Promise<Histories> {
  const bench = new Bench(space, work);
  const [users, offsets, items] = [new Growing(doubles, 0), new Growing(ints, 0), new Growing(ints, 0)];
  const [weights, ats] = [new Growing(floats, 0), new Growing(doubles, 0)];
  const rows = bench.stream(
    'readHistories',
    `select user, items, weights, ats from ${bench.table('histories')} final ${where === '' ? '' : `where ${where}`}`,
    {},
    {},
  );
  for await (const row of readLines(rows, (each) => each)) {
    users.push(Number(field(row, 'user')));
    offsets.push(items.length);
    for (const item of numbers(field(row, 'items'))) items.push(item);
    for (const weight of numbers(field(row, 'weights'))) weights.push(weight);
    for (const at of numbers(field(row, 'ats'))) ats.push(at);
  }
  offsets.push(items.length);
  return {
    users: users.done(),
    offsets: offsets.done(),
    items: items.done(),
    weights: weights.done(),
    ats: ats.done(),
  };
}
