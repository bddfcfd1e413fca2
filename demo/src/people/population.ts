import { makePerson, type Person, siteOfPerson } from './person.ts';

export interface Population {
  readonly seed: number;
  readonly size: number;
  /** Person `index`, the same one at every call. */
  person(index: number): Person;
}

/**
 * Numbers everyone once, so that e-mail addresses and telephone numbers are unique; six bytes a person stay in memory,
 * everything else about a person is made again when asked for.
 */
export function buildPopulation(seed: number, size: number): Population {
  const emails = new Uint16Array(size);
  const phones = new Uint32Array(size);
  const perSite = new Map<string, number>();
  const ordinals = {
    email: (index: number) => emails[index] ?? 0,
    phone: (index: number) => phones[index] ?? 0,
  };
  const taken = new Set<string>();
  for (let index = 0; index < size; index++) {
    const site = siteOfPerson(seed, index);
    const ordinal = perSite.get(site) ?? 0;
    phones[index] = ordinal;
    perSite.set(site, ordinal + 1);
    const person = makePerson(seed, index, ordinals);
    if (person.sharesEmail) continue;
    emails[index] = freeOrdinal(taken, person.email);
  }
  return { seed, size, person: (index) => makePerson(seed, index, ordinals) };
}

function freeOrdinal(taken: Set<string>, email: string): number {
  if (!taken.has(email)) {
    taken.add(email);
    return 0;
  }
  const at = email.indexOf('@');
  for (let ordinal = 1; ; ordinal++) {
    const candidate = `${email.slice(0, at)}${ordinal + 1}${email.slice(at)}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return ordinal;
  }
}
