import type { Pg } from '../../platform/index.ts';
import { addCounts } from './sql/batches.pg.ts';

/** Counts of one batch, written with it: a counter never says more or less than what happened. */
export class Counts {
  readonly #day: string;
  readonly #counts = new Map<string, { source: number; name: string; reason: string; count: number }>();

  /** @param at when the batch is worked on: its day is what the counts are of. */
  constructor(at: Date) {
    this.#day = at.toISOString().slice(0, 10);
  }

  add(source: number, name: string, reason = ''): void {
    const key = `${source} ${name} ${reason}`;
    const entry = this.#counts.get(key);
    if (entry === undefined) this.#counts.set(key, { source, name, reason, count: 1 });
    else entry.count += 1;
  }

  async write(tx: Pg, workspace: number): Promise<void> {
    const entries = [...this.#counts.values()];
    if (entries.length === 0) return;
    await tx.run(addCounts, {
      workspace,
      sources: entries.map((entry) => entry.source),
      days: entries.map(() => this.#day),
      names: entries.map((entry) => entry.name),
      reasons: entries.map((entry) => entry.reason),
      counts: entries.map((entry) => entry.count),
    });
  }
}
