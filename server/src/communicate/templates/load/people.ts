import { encodeProfileId } from '../../../collect/index.ts';
import { type Deps, isJsonObject, type Json, type JsonObject, objectOf } from '../../../platform/index.ts';
import { nameCase } from '../engine/filters.ts';
import { readOrderTotals, readPeople } from '../sql/people.pg.ts';

/** A customer as templates know them. */
export interface Person {
  readonly root: number;
  /** All profile rows. */
  readonly members: readonly number[];
  /** What stands in Liquid under `customer`. */
  readonly customer: JsonObject;
  readonly name: string | null;
  /** As it was stated: `fr`, `fr-FR`, `FR`. */
  readonly language: string | null;
  readonly timeZone: string | null;
}

type Trait = { readonly value: Json; readonly at: string };

function newestTraits(rows: readonly Json[]): Map<string, Trait> {
  const traits = new Map<string, Trait>();
  for (const row of rows) {
    for (const [name, stored] of Object.entries(objectOf(row))) {
      const { value = null, at } = objectOf(stored);
      const known = traits.get(name);
      if (typeof at === 'string' && (known === undefined || at > known.at)) traits.set(name, { value, at });
    }
  }
  return traits;
}

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
const named = (value: Json | undefined): string | null => {
  const text = textOf(value);
  return text === null ? null : nameCase(text);
};

/** By the profile row asked for. Who is gone is left out. */
export async function loadPeople(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  profiles: readonly number[],
): Promise<ReadonlyMap<number, Person>> {
  const rows = await pg.rows(readPeople, { workspace, profiles: [...new Set(profiles)] });
  const groups = new Map<number, { root: number; members: number[]; traits: Json[] }>();
  for (const { asked, root, id, traits } of rows) {
    const group = groups.get(asked) ?? { root, members: [], traits: [] };
    group.members.push(id);
    group.traits.push(traits);
    groups.set(asked, group);
  }
  return new Map([...groups].map(([asked, { root, members, traits }]) => [asked, toPerson(root, members, traits)]));
}

function toPerson(root: number, members: number[], rows: readonly Json[]): Person {
  const traits: { [name: string]: Json } = Object.create(null);
  for (const [name, { value }] of newestTraits(rows)) traits[name] = value;
  const firstName = named(traits.firstName);
  const lastName = named(traits.lastName);
  const both = [firstName, lastName].filter((part) => part !== null).join(' ');
  const name = both === '' ? named(traits.name) : both;
  const address = isJsonObject(traits.address) ? traits.address : {};
  const customer: JsonObject = {
    ...traits,
    id: encodeProfileId(root),
    firstName,
    lastName,
    name,
    city: textOf(address.city) ?? textOf(traits.city),
    country: textOf(address.country) ?? textOf(traits.country),
  };
  return {
    root,
    members,
    customer,
    name,
    language: textOf(traits.language) ?? textOf(traits.locale),
    timeZone: textOf(traits.timezone),
  };
}

/** `customer.orders`: how many, what they were worth in the workspace's currency, when the last was. */
export async function loadOrderTotals(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  people: Iterable<Person>,
): Promise<ReadonlyMap<number, JsonObject>> {
  const members: number[] = [];
  const roots: number[] = [];
  for (const person of people) {
    for (const member of person.members) {
      members.push(member);
      roots.push(person.root);
    }
  }
  const rows = await pg.rows(readOrderTotals, { workspace, members, roots });
  return new Map(
    rows.map(({ root, orders, total, last_at }) => [
      root,
      { count: orders, total, last_at: last_at?.toISOString() ?? null },
    ]),
  );
}

/** The language to write in: the one asked for, else the nearest to the person's, else the template's own. */
export function chooseLanguage(written: readonly string[], wanted: string | null, fallback: string): string {
  if (wanted === null) return fallback;
  const tag = wanted.replace('_', '-').toLowerCase();
  const exact = written.find((language) => language.toLowerCase() === tag);
  if (exact !== undefined) return exact;
  const [base] = tag.split('-');
  return written.find((language) => language.toLowerCase().split('-')[0] === base) ?? fallback;
}
