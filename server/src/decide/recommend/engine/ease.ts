import { Worker } from 'node:worker_threads';
import type { Histories, ItemModel } from './readModel.ts';

/** The work grows with the cube of the items: 2,500 take about ten seconds. */
export const easeItems = 2_500;

export interface EaseSettings {
  /** The larger, the more the weights are held down: more for fewer or noisier histories. */
  readonly lambda: number;
  /** Weights kept of each item, the largest by size. */
  readonly keep: number;
  /** How much the share of people who have an item counts beside what a history foresees: short histories say little. */
  readonly prior: number;
  /** Only the most frequent items take part. */
  readonly items: number;
}
export const usualEase: EaseSettings = { lambda: 300, keep: easeItems, prior: 0.3, items: easeItems };

interface Solved {
  readonly counts: Int32Array;
  readonly others: Int32Array;
  readonly scores: Float32Array;
}

/**
 * EASE (Steck, Embarrassingly Shallow Autoencoders for Sparse Data, 2019): the weights by which every item foresees every
 * other, in closed form. In a thread of its own; aborting ends the thread. Items beyond the most frequent have no weights.
 */
export async function fitEase(
  histories: Histories,
  items: number,
  settings: Partial<EaseSettings> = {},
  signal?: AbortSignal,
): Promise<ItemModel> {
  const { lambda, keep, prior: weight, items: most } = { ...usualEase, ...settings };
  const chosen = mostFrequent(histories, items, most);
  const size = chosen.length;
  if (size === 0)
    return { items, offsets: new Int32Array(items + 1), others: new Int32Array(0), scores: new Float32Array(0) };
  const gram = countTogether(histories, items, chosen);
  const solved = await inThread(gram, size, lambda, Math.min(keep, size), signal);
  const prior = new Float32Array(items);
  for (const item of histories.items) prior[item] = (prior[item] ?? 0) + weight / histories.users.length;
  return { ...toModel(solved, items, chosen, Math.min(keep, size)), prior };
}

function mostFrequent(histories: Histories, items: number, most: number): Int32Array {
  const counts = new Int32Array(items);
  for (const item of histories.items) counts[item] = (counts[item] ?? 0) + 1;
  return Int32Array.from(
    Array.from(counts, (count, item) => ({ item, count }))
      .filter(({ count }) => count > 0)
      .sort((one, other) => other.count - one.count || one.item - other.item)
      .slice(0, most)
      .map(({ item }) => item)
      .sort((one, other) => one - other),
  );
}

/** How many people have both, for each two of the chosen items. */
function countTogether(histories: Histories, items: number, chosen: Int32Array): Float64Array<ArrayBuffer> {
  const size = chosen.length;
  const place = new Int32Array(items).fill(-1);
  for (let n = 0; n < size; n += 1) place[chosen[n] ?? 0] = n;
  const gram = new Float64Array(size * size);
  const own: number[] = [];
  for (let user = 0; user < histories.users.length; user += 1) {
    own.length = 0;
    for (let at = histories.offsets[user] ?? 0; at < (histories.offsets[user + 1] ?? 0); at += 1) {
      const found = place[histories.items[at] ?? 0] ?? -1;
      if (found >= 0) own.push(found);
    }
    for (const one of own) {
      const row = one * size;
      for (const other of own) gram[row + other] = (gram[row + other] ?? 0) + 1;
    }
  }
  return gram;
}

/**
 * Runs in the thread, so it names nothing outside itself. Inverts `gram + lambda` by its Cholesky factor, in place; the
 * weight of j for i is −P[i][j] / P[j][j]. The kept ones of each item are the largest by size.
 */
function solve(gram: Float64Array, size: number, lambda: number, keep: number) {
  const at = (row: number, column: number): number => row * size + column;
  for (let n = 0; n < size; n += 1) gram[at(n, n)] = (gram[at(n, n)] ?? 0) + lambda;
  // The lower triangle becomes the factor L.
  for (let row = 0; row < size; row += 1) {
    const rowStart = row * size;
    for (let column = 0; column <= row; column += 1) {
      const columnStart = column * size;
      let sum = gram[rowStart + column] ?? 0;
      for (let k = 0; k < column; k += 1) sum -= (gram[rowStart + k] ?? 0) * (gram[columnStart + k] ?? 0);
      gram[rowStart + column] = row === column ? Math.sqrt(sum) : sum / (gram[columnStart + column] ?? 1);
    }
  }
  // L becomes its inverse, written transposed (rows are columns of the inverse), so that sums run along rows.
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column += 1) {
    const start = column * size;
    inverse[start + column] = 1 / (gram[at(column, column)] ?? 1);
    for (let row = column + 1; row < size; row += 1) {
      const rowStart = row * size;
      let sum = 0;
      for (let k = column; k < row; k += 1) sum -= (gram[rowStart + k] ?? 0) * (inverse[start + k] ?? 0);
      inverse[start + row] = sum / (gram[rowStart + row] ?? 1);
    }
  }
  // P[i][j] = the sum over k of inverse(k, i) · inverse(k, j), from the larger of both on.
  for (let i = 0; i < size; i += 1) {
    const iStart = i * size;
    for (let j = 0; j <= i; j += 1) {
      const jStart = j * size;
      let sum = 0;
      for (let k = i; k < size; k += 1) sum += (inverse[iStart + k] ?? 0) * (inverse[jStart + k] ?? 0);
      gram[iStart + j] = sum;
      gram[jStart + i] = sum;
    }
  }
  const [counts, others, scores] = [new Int32Array(size), new Int32Array(size * keep), new Float32Array(size * keep)];
  const weights = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) weights[j] = i === j ? 0 : -(gram[at(i, j)] ?? 0) / (gram[at(j, j)] ?? 1);
    let least = -1;
    if (keep < size) {
      const sizes = Float64Array.from(weights, (weight) => Math.abs(weight)).sort();
      least = sizes[size - keep] ?? 0;
    }
    let count = 0;
    for (let j = 0; j < size && count < keep; j += 1) {
      const weight = weights[j] ?? 0;
      if (weight === 0 || Math.abs(weight) < least) continue;
      others[i * keep + count] = j;
      scores[i * keep + count] = weight;
      count += 1;
    }
    counts[i] = count;
  }
  return { counts, others, scores };
}

function inThread(
  gram: Float64Array<ArrayBuffer>,
  size: number,
  lambda: number,
  keep: number,
  signal?: AbortSignal,
): Promise<Solved> {
  signal?.throwIfAborted();
  const source = `const { parentPort, workerData } = require('node:worker_threads');
    const solve = ${solve.toString()};
    const { gram, size, lambda, keep } = workerData;
    const solved = solve(gram, size, lambda, keep);
    parentPort.postMessage(solved, [solved.counts.buffer, solved.others.buffer, solved.scores.buffer]);`;
  const worker = new Worker(source, {
    eval: true,
    workerData: { gram, size, lambda, keep },
    transferList: [gram.buffer],
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  return new Promise<Solved>((resolve, reject) => {
    const onAbort = (): void => {
      void worker.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const end = (): void => signal?.removeEventListener('abort', onAbort);
    worker.once('message', (solved: Solved) => {
      end();
      resolve(solved);
    });
    worker.once('error', (error) => {
      end();
      reject(error);
    });
    worker.once('exit', (code) => {
      end();
      reject(new Error(`the thread ended with ${code} before it was done`));
    });
  });
}

/** Back to the numbers of all items, the best first. */
function toModel({ counts, others, scores }: Solved, items: number, chosen: Int32Array, keep: number): ItemModel {
  const offsets = new Int32Array(items + 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [flatOthers, flatScores] = [new Int32Array(total), new Float32Array(total)];
  let [length, next] = [0, 0];
  for (let n = 0; n < chosen.length; n += 1) {
    const item = chosen[n] ?? 0;
    for (; next <= item; next += 1) offsets[next] = length;
    const order = Array.from({ length: counts[n] ?? 0 }, (_, k) => n * keep + k).sort(
      (one, other) => (scores[other] ?? 0) - (scores[one] ?? 0),
    );
    for (const from of order) {
      flatOthers[length] = chosen[others[from] ?? 0] ?? 0;
      flatScores[length] = scores[from] ?? 0;
      length += 1;
    }
  }
  for (; next <= items; next += 1) offsets[next] = length;
  return { items, offsets, others: flatOthers, scores: flatScores };
}
