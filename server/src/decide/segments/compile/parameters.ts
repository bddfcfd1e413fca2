import type { ChShape, ChType } from '../../../platform/index.ts';

type Bound = string | number | readonly string[] | readonly number[];

/**
 * The values of a compiled query. Whatever a person typed is bound here and stands in the text as `{p1:String}`; the same
 * value twice is one parameter, so that equal conditions have equal text and are computed once.
 */
export class Parameters {
  readonly #names = new Map<string, string>();
  readonly #types: Record<string, ChType> = {};
  readonly #values: Record<string, Bound> = {};

  /** Binds a value and returns its place in the text. */
  bind(type: ChType, value: Bound): string {
    const key = `${type} ${JSON.stringify(value)}`;
    let name = this.#names.get(key);
    if (name === undefined) {
      name = `p${this.#names.size + 1}`;
      this.#names.set(key, name);
      this.#types[name] = type;
      this.#values[name] = value;
    }
    return `{${name}:${type}}`;
  }

  text(value: string): string {
    return this.bind('String', value);
  }

  /** A checked number stands in the text itself: bound, it would be three expressions to analyse and not one. */
  number(value: number): string {
    if (!Number.isFinite(value)) throw new RangeError('a number of a query is finite');
    return value < 0 ? `(${value})` : String(value);
  }

  get types(): ChShape {
    return this.#types;
  }

  get values(): Readonly<Record<string, Bound>> {
    return this.#values;
  }
}
