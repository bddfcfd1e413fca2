import type { MatchSettings } from '@vitrail/contracts';
import type { Ch } from '../src/platform/index.ts';
import {
  defaultMatchSettings,
  type MatchSpace,
  matchEngine,
  type RecordQuery,
} from '../src/unify/matching/engine/index.ts';
import type { MatchWork } from '../src/unify/matching/engine/types.ts';

/** A record of a person as it is written somewhere; fields left out are blank. */
export type PersonRecord = Readonly<Partial<Record<(typeof personFields)[number], string>>> & { readonly id: number };

const personFields = [
  'first_name',
  'last_name',
  'birth_date',
  'email',
  'phone',
  'street',
  'postal_code',
  'city',
  'national_id',
] as const;

/** The records as the engine asks for them. */
export function recordsQuery(records: readonly PersonRecord[]): RecordQuery {
  const columns = personFields.map((field) => `{${field}:Array(String)}`);
  return {
    text: `select row.1 as record_id, 0 as source, ${personFields.map((field, index) => `row.${index + 2} as ${field}`).join(', ')}
      from (select arrayJoin(arrayZip({ids:Array(UInt64)}, ${columns.join(', ')})) as row)`,
    types: {
      ids: 'Array(UInt64)',
      ...Object.fromEntries(personFields.map((field) => [field, 'Array(String)' as const])),
    },
    values: {
      ids: records.map(({ id }) => id),
      ...Object.fromEntries(personFields.map((field) => [field, records.map((record) => record[field] ?? '')])),
    },
  };
}

/** The defaults, with an identifier of which a person has one. */
export function personSettings(): MatchSettings {
  const settings = defaultMatchSettings('people');
  return {
    ...settings,
    comparisons: [...settings.comparisons, { field: 'national_id', method: 'identifier', termFrequency: true }],
    exclusive: ['national_id'],
  };
}

let spaces = 0;
export const newSpace = (ch: Ch): MatchSpace => {
  spaces += 1;
  return { ch, prefix: `test_${process.pid}_${spaces}` };
};

/** Prepares, compares, fits and scores records by the defaults. */
export async function matchAll(
  space: MatchSpace,
  records: readonly PersonRecord[],
  settings = personSettings(),
  work: MatchWork = {},
) {
  await matchEngine.prepareRecords(space, settings, recordsQuery(records), work);
  const blocked = await matchEngine.blockPairs(space, settings, {});
  const model = await matchEngine.fitModel(space, settings);
  const scored = await matchEngine.scorePairs(space, model, settings.thresholds);
  return { model, blocked, scored, settings };
}

export interface StoredPair {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
  readonly household: number;
  readonly probability: number;
  readonly band: string;
}

/** The pairs as they are stored, in order. */
export const storedPairs = ({ ch, prefix }: MatchSpace): Promise<StoredPair[]> =>
  ch.rows(
    {
      name: 'test.storedPairs',
      text: `select left, right, weight, household_weight as household, probability, toString(band) as band from ${prefix}_pairs order by left, right`,
      params: {},
      row: {
        left: 'UInt64',
        right: 'UInt64',
        weight: 'Float64',
        household: 'Float64',
        probability: 'Float64',
        band: 'String',
      },
    },
    {},
  );

/** People of a small town, in households, with records that have the mistakes of tills. The same seed, the same records. */
export function createTown(people: number, seed: number): { records: PersonRecord[]; personOf: Map<number, number> } {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const below = (most: number): number => Math.floor(next() * most);
  const pick = (words: string): string => words.split(' ')[below(words.split(' ').length)] ?? '';
  const surname = (): string =>
    `${pick('Mar Ber Du Bo Le Mo Gar Fau Rou Vil Per Lan')}${pick('tin nard bois roy reau nier sel lard mont vin')}${pick('et ot elle aud ier on ')}`;
  const given =
    'Marie Jean Camille Louis Zoé Inès Adam Nora Hugo Lucas Léa Chloé Jules Alice Rose Paul Victor Clara Simon Robin';
  const personOf = new Map<number, number>();
  const records: PersonRecord[] = [];
  let [id, last, home, line] = [1, '', '', ''];
  for (let person = 0; person < people; person++) {
    if (person % 3 === 0) {
      last = surname();
      home = `${1 + below(200)} rue ${surname()}`;
      line = `01${String(10_000_000 + below(89_999_999))}`;
    }
    const first = pick(given);
    const birth = `${1940 + below(60)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`;
    const email = `${first.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()}.${last.toLowerCase()}${person}@mail.example`;
    const phone = next() < 0.3 ? line : `06${String(10_000_000 + below(89_999_999))}`;
    const code = String(75_001 + (Math.floor(person / 3) % 20));
    for (let copy = 0; copy < 1 + below(3); copy++) {
      const blank = (share: number, text: string): string => (next() < share ? '' : text);
      const slip = (text: string): string => {
        const at = 1 + below(Math.max(1, text.length - 2));
        return next() < 0.1 ? text.slice(0, at) + text.slice(at + 1) : text;
      };
      records.push({
        id,
        first_name: slip(first),
        last_name: slip(next() < 0.2 ? last.toUpperCase() : last),
        birth_date: blank(0.5, birth),
        email: blank(0.3, email),
        phone: blank(0.4, phone),
        street: blank(0.2, home),
        postal_code: code,
        city: 'Paris',
      });
      personOf.set(id, person);
      id += 1;
    }
  }
  return { records, personOf };
}
