import type { Consent } from './foldTraits.ts';

/** A profile row's consents and the live merge that put it under another row. */
export interface ConsentRow {
  readonly id: number;
  readonly consents: ReadonlyMap<string, Consent>;
  /** Null for the root. `certain`: identifiers made the merge, so both rows are one person's own statements. */
  readonly merge: { readonly winnerId: number; readonly at: string; readonly certain: boolean } | null;
}

/**
 * The consents of a customer. Rows that identifiers joined speak for one person: the newest statement of each purpose
 * counts. Where rows were joined because they look alike, or by a person's judgement, and disagree, the stricter value
 * counts, whichever is newer, until the customer grants it again after the merge.
 */
export function joinConsents(rows: readonly ConsentRow[]): Map<string, Consent> {
  const strictSince = rows.reduce(
    (latest, { merge }) => (merge !== null && !merge.certain && merge.at > latest ? merge.at : latest),
    '',
  );
  if (strictSince === '') return newestOf(rows.map(({ consents }) => consents));
  const joined = new Map<string, Consent>();
  const parts = certainParts(rows).map((part) => newestOf(part.map(({ consents }) => consents)));
  for (const purpose of new Set(parts.flatMap((part) => [...part.keys()]))) {
    const stated = parts.flatMap((part) => part.get(purpose) ?? []);
    const denied = latest(stated.filter(({ granted }) => !granted));
    const granted = latest(stated.filter((consent) => consent.granted));
    const again = granted !== null && (denied === null || (granted.at > denied.at && granted.at > strictSince));
    const counts = again ? granted : denied;
    if (counts !== null) joined.set(purpose, counts);
  }
  return joined;
}

const latest = (consents: readonly Consent[]): Consent | null =>
  consents.reduce<Consent | null>((best, consent) => (best === null || consent.at > best.at ? consent : best), null);

function newestOf(statements: readonly ReadonlyMap<string, Consent>[]): Map<string, Consent> {
  const joined = new Map<string, Consent>();
  for (const consents of statements) {
    for (const [purpose, consent] of consents) {
      const current = joined.get(purpose);
      if (current === undefined || consent.at > current.at) joined.set(purpose, consent);
    }
  }
  return joined;
}

/** The rows in groups that identifiers hold together. */
function certainParts(rows: readonly ConsentRow[]): ConsentRow[][] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const tops = new Map<number, ConsentRow[]>();
  for (const row of rows) {
    let top = row;
    for (let step = 0; step <= rows.length && top.merge?.certain === true; step++) {
      const above = byId.get(top.merge.winnerId);
      if (above === undefined) break;
      top = above;
    }
    const part = tops.get(top.id);
    if (part === undefined) tops.set(top.id, [row]);
    else part.push(row);
  }
  return [...tops.values()];
}
