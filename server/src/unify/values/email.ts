/** A normalised value, or the reason it is not one. The raw value is kept by the caller beside it. */
export type Normalised =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: string };

// Deliverable shapes only: one @, a dotted domain, no spaces or control characters. RFC 5321 lengths.
const shape = /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/**
 * Trims, takes "Name <a@b.fr>" and "mailto:" apart, lower-cases. Keeps dots and +tags: two such addresses may belong to
 * two people, and telling them apart is the matcher's decision, not a normaliser's.
 */
export function normaliseEmail(raw: string): Normalised {
  const inner = /<([^<>]+)>\s*$/.exec(raw)?.[1] ?? raw;
  const value = inner
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\.$/, '')
    .normalize('NFKC')
    .toLowerCase();
  if (value.length > 254 || !shape.test(value) || value.includes('..')) return { ok: false, problem: 'invalid_email' };
  return { ok: true, value };
}
