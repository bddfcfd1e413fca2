import Sqids from 'sqids';

// A fixed shuffled alphabet: ids look unordered outside, so nobody reads customer counts off them. Not a secret.
const sqids = new Sqids({
  alphabet: 'k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt',
  minLength: 10,
  blocklist: new Set(),
});

/** Profile id (dense integer inside) → opaque string for the outside. */
export const encodeProfileId = (id: number): string => sqids.encode([id]);

/** The integer behind an outside id, or null when it is not one we made. */
export function decodeProfileId(text: string): number | null {
  const [id, ...rest] = sqids.decode(text);
  return id !== undefined && rest.length === 0 && encodeProfileId(id) === text ? id : null;
}
