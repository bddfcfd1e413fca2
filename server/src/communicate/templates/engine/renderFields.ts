import type { Liquid, Template } from 'liquidjs';
import { LRUCache } from 'lru-cache';
import { createLiquid } from './createLiquid.ts';
import { oneLine } from './escape.ts';
import type { Field, FieldInput, FieldsOutcome } from './fields.ts';
import { speaking } from './filters.ts';

interface Parsed {
  readonly writing: Field['writing'];
  readonly template: Template[];
}

/** So many sets of fields stay parsed. */
const mostParsed = 200;
/** After so many that took too long in a row, with none before that worked, the others of the batch are not tried. */
const mostSlow = 3;
const slowDetail = 'This template takes too long to fill in.';

/** Fills fields in, synchronously, in this thread. */
export class FieldRenderer {
  readonly #page: Liquid;
  readonly #plain: Liquid;
  readonly #parsed = new LRUCache<string, readonly Parsed[]>({ max: mostParsed });

  /** `more`: filters that only checks know. */
  constructor(more: Readonly<Record<string, (value: unknown, argument: unknown) => unknown>> = {}) {
    this.#page = createLiquid('page');
    this.#plain = createLiquid('plain');
    for (const [name, filter] of Object.entries(more)) {
      this.#page.registerFilter(name, filter);
      this.#plain.registerFilter(name, filter);
    }
  }

  /** Throws what Liquid says of a source it cannot read. */
  load(key: string, fields: readonly Field[]): void {
    if (this.#parsed.has(key)) return;
    this.#parsed.set(
      key,
      fields.map(({ source, writing }) => ({ writing, template: this.#engine(writing).parse(source) })),
    );
  }

  has(key: string): boolean {
    return this.#parsed.has(key);
  }

  /** Each for itself: one that fails fails alone. `started` is told the number of each before it begins. */
  render(key: string, inputs: readonly FieldInput[], started?: (index: number) => void): FieldsOutcome[] {
    const parsed = this.#parsed.get(key);
    if (parsed === undefined) throw new Error('fields are rendered that were not loaded');
    const outcomes: FieldsOutcome[] = [];
    let slow = 0;
    let worked = false;
    for (const [index, input] of inputs.entries()) {
      started?.(index);
      if (slow >= mostSlow && !worked) {
        outcomes.push({ ok: false, detail: slowDetail });
        continue;
      }
      const outcome = this.#renderOne(parsed, input);
      outcomes.push(outcome);
      if (outcome.ok) worked = true;
      else if (outcome.detail === slowDetail) slow += 1;
    }
    return outcomes;
  }

  #renderOne(parsed: readonly Parsed[], { context, speech }: FieldInput): FieldsOutcome {
    speaking.speech = speech;
    try {
      const texts = parsed.map(({ writing, template }) => {
        const text: unknown = this.#engine(writing).renderSync(template, context);
        return writing === 'line' ? oneLine(String(text)) : String(text);
      });
      return { ok: true, texts };
    } catch (error) {
      return { ok: false, detail: explain(error) };
    }
  }

  #engine(writing: Field['writing']) {
    return writing === 'page' ? this.#page : this.#plain;
  }
}

/** Liquid's message without the place in a page nobody wrote. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('template render limit exceeded')) return slowDetail;
  if (message.includes('limit exceeded')) return 'This template makes more text than a message may hold.';
  return message.replace(/, (?:file:.*, )?line:\d+, col:\d+$/, '').slice(0, 300);
}
