import type { OrderDays } from './summary.ts';

/** A column that grows. */
class Column<A extends Int32Array | Float64Array> {
  #values: A;
  readonly #grow: (values: A) => A;
  length = 0;

  constructor(first: A, grow: (values: A) => A) {
    this.#values = first;
    this.#grow = grow;
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#values = this.#grow(this.#values);
    this.#values[this.length++] = value;
  }

  get filled(): A {
    return this.#values;
  }
}

const ints = (): Column<Int32Array<ArrayBuffer>> =>
  new Column(new Int32Array(4_096), (values) => {
    const larger = new Int32Array(values.length * 2);
    larger.set(values);
    return larger;
  });
const floats = (): Column<Float64Array<ArrayBuffer>> =>
  new Column(new Float64Array(4_096), (values) => {
    const larger = new Float64Array(values.length * 2);
    larger.set(values);
    return larger;
  });

/**
 * Reads CSV with a header and the columns person, day, value (`\N`: not known), ordered by person and day, as it arrives
 * in pieces. Only whether the person changes matters, not what it is.
 */
export class OrderDaysReader {
  readonly #starts = ints();
  readonly #days = ints();
  readonly #values = floats();
  #rest = '';
  #header = true;
  #person = '';

  push(chunk: Uint8Array): void {
    const text = this.#rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.#line(text.slice(from, to));
      from = to + 1;
    }
    this.#rest = text.slice(from);
  }

  finish(): OrderDays {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
    const buyers = this.#starts.length;
    this.#starts.push(this.#days.length);
    return {
      starts: this.#starts.filled.slice(0, buyers + 1),
      days: this.#days.filled.slice(0, this.#days.length),
      values: this.#values.filled.slice(0, this.#values.length),
    };
  }

  #line(line: string): void {
    if (this.#header || line === '') {
      this.#header = false;
      return;
    }
    const first = line.indexOf(',');
    const second = line.indexOf(',', first + 1);
    const person = line.slice(0, first);
    if (person !== this.#person || this.#starts.length === 0) {
      this.#person = person;
      this.#starts.push(this.#days.length);
    }
    const value = line.slice(second + 1);
    this.#days.push(Number(line.slice(first + 1, second)));
    this.#values.push(value.startsWith('\\N') ? Number.NaN : Number(value));
  }
}
