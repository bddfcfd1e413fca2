import type { ImportReason } from '@vitrail/contracts';

/** Why one value or row cannot be imported: an expected outcome, returned and never thrown. */
export class Problem {
  readonly reason: ImportReason;
  /** One sentence for the person who fixes the file. It may quote the value, so it is shown, never logged. */
  readonly detail: string;

  constructor(reason: ImportReason, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

/** A value as it may be quoted in a sentence: short, on one line. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > 60 ? `${line.slice(0, 60)}…` : line}”`;
}
