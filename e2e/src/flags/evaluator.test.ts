import {
  type FeatureDefinition,
  GrowthBook,
  type JSONValue,
  type StickyAssignmentsDocument,
  StickyBucketService,
} from '@growthbook/growthbook';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { evaluateFeature } from '../../../server/src/experience/flags/evaluateFeature.ts';
import type { Feature, Features } from '../../../server/src/experience/flags/payload.ts';
import { createRandom } from '../../../server/src/experience/statistics/simulate.ts';
import type { JsonObject } from '../../../server/src/platform/json.ts';
import type { Json } from '../../../server/src/platform/postgres/query.ts';

/** Whatever GrowthBook's own SDK answers is right: features and attributes at random, both asked. */
const cases = 10_000;
const random = createRandom(2_026);
const whole = (sides: number): number => Math.floor(random() * sides);
const of = <T>(...values: readonly [T, ...T[]]): T => values[whole(values.length)] ?? values[0];
const often = (chance: number): boolean => random() < chance;

const names = [
  'country',
  'age',
  'plan',
  'tags',
  'version',
  'cart',
  'cart.items',
  'premium',
  'segments',
  'nothing',
] as const;
const scalar = (): Json =>
  of<Json>('FR', 'fr', 'BE', '', 'gold', '5', 5, 0, -1.5, 18, true, false, null, '1.10.0', 'v2.0.0-rc.1');
const list = (): Json[] => Array.from({ length: whole(4) }, scalar);

function attributes(): JsonObject {
  const all: Record<string, Json> = {};
  if (often(0.9)) all.id = of<Json>(`u${whole(500)}`, `u${whole(500)}`, whole(500), '');
  if (often(0.5)) all.anonymousId = `d${whole(500)}`;
  if (often(0.7)) all.country = scalar();
  if (often(0.7)) all.age = of<Json>(whole(80), String(whole(80)), null);
  if (often(0.6)) all.plan = scalar();
  if (often(0.6)) all.tags = of<Json>(list(), list(), scalar());
  if (often(0.6)) all.version = of<Json>('1.2.3', '1.10.0', 'v2.0.0', '2.0.0-beta.2', '2.0.0+build', 3, null, '');
  if (often(0.6))
    all.cart = of<Json>(
      {
        items: whole(5),
        list: [
          { sku: 'A', n: whole(4) },
          { sku: 'B', n: 1 },
        ],
      },
      list(),
      scalar(),
    );
  if (often(0.5)) all.premium = of<Json>(true, false, 1, 0, '', 'yes');
  if (often(0.5)) all.segments = [String(whole(4)), String(whole(4))];
  return all;
}

function operatorOf(depth: number): JsonObject {
  const name = of(
    '$eq',
    '$ne',
    '$lt',
    '$lte',
    '$gt',
    '$gte',
    '$veq',
    '$vne',
    '$vlt',
    '$vlte',
    '$vgt',
    '$vgte',
    '$exists',
    '$in',
    '$nin',
    '$ini',
    '$nini',
    '$inGroup',
    '$notInGroup',
    '$not',
    '$size',
    '$elemMatch',
    '$all',
    '$alli',
    '$regex',
    '$regexi',
    '$type',
  );
  if (name === '$exists') return { [name]: often(0.5) };
  if (['$in', '$nin', '$ini', '$nini', '$all', '$alli'].includes(name))
    return { [name]: often(0.95) ? list() : scalar() };
  if (name === '$not') return { $not: depth > 2 ? scalar() : operatorOf(depth + 1) };
  if (name === '$size') return { $size: of<Json>(whole(3), { $gt: 1 }) };
  if (name === '$elemMatch') return { $elemMatch: of<JsonObject>({ $eq: scalar() }, { sku: 'A' }, { n: { $gt: 1 } }) };
  if (name.startsWith('$regex')) return { [name]: of('^f', 'R$', 'o.d', '(', '^\\d+$', 'a/b') };
  if (name === '$type') return { $type: of('string', 'number', 'boolean', 'array', 'object', 'null', 'undefined') };
  if (name === '$inGroup' || name === '$notInGroup') return { [name]: of('vip', 'unknown') };
  return { [name]: scalar() };
}

function condition(depth = 0): JsonObject {
  const all: Record<string, Json> = {};
  for (let index = 0; index < 1 + whole(2); index++) {
    const kind = whole(8);
    if (depth < 2 && kind === 0)
      all[of('$or', '$nor', '$and')] = Array.from({ length: whole(3) }, () => condition(depth + 1));
    else if (depth < 2 && kind === 1) all.$not = condition(depth + 1);
    else
      all[of(...names)] = of<() => Json>(
        scalar,
        list,
        () => operatorOf(0),
        () => operatorOf(0),
        () => ({ ...operatorOf(0), ...operatorOf(0) }),
      )();
  }
  return all;
}

const range = (): [number, number] => {
  const from = whole(100) / 100;
  return [from, Math.min(1, from + whole(80) / 100)];
};
type Rule = NonNullable<Feature['rules']>[number];

function rule(feature: string, index: number): Rule {
  const base = {
    id: `rule-${index}`,
    ...(often(0.5) && { condition: condition() }),
    ...(often(0.2) && {
      filters: [
        { seed: of('g1', 'g2'), ranges: [range(), range()], attribute: of('id', 'anonymousId'), hashVersion: of(1, 2) },
      ],
    }),
    ...(often(0.2) && {
      parentConditions: [
        {
          id: of('f0', 'f1', 'f2', 'gone'),
          condition: of<JsonObject>({ value: true }, { value: { $exists: true } }),
          gate: often(0.5),
        },
      ],
    }),
    ...(often(0.5) && { hashAttribute: of('id', 'anonymousId', 'age') }),
    ...(often(0.3) && { fallbackAttribute: 'anonymousId' }),
    ...(often(0.6) && { seed: of('s1', 's2') }),
    ...(often(0.7) && { hashVersion: of(1, 2) }),
  };
  if (often(0.4))
    return {
      ...base,
      force: scalar(),
      ...(often(0.4) && { coverage: whole(11) / 10 }),
      ...(often(0.2) && { range: range() }),
    };
  const count = 1 + whole(3);
  const variations = Array.from({ length: count }, scalar);
  return {
    ...base,
    variations,
    // Of its own: the SDK would remember what it gave while it still evaluates.
    key: `${feature}-${index}`,
    ...(often(0.4) && { coverage: whole(11) / 10 }),
    ...(often(0.4) && { weights: variations.map(() => of(1 / count, 0.2, 0.5)) }),
    ...(often(0.2) && { ranges: variations.map(range) }),
    ...(often(0.2) && { namespace: ['home', whole(5) / 10, 0.5 + whole(5) / 10] as const }),
    ...(often(0.6) && {
      meta: variations.map((_, place) => ({ key: `v${place}`, ...(often(0.1) && { passthrough: true }) })),
    }),
    ...(often(0.3) && { bucketVersion: whole(3), minBucketVersion: whole(2) }),
    ...(often(0.1) && { disableStickyBucketing: true }),
  };
}

const features = (): Features =>
  Object.fromEntries(
    ['f0', 'f1', 'f2'].map((key): [string, Feature] => [
      key,
      {
        ...(often(0.9) && { defaultValue: scalar() }),
        rules: Array.from({ length: whole(4) }, (_, index) => rule(key, index)),
      },
    ]),
  );

/** Keeps nothing: what was given before is handed in. */
class NoStore extends StickyBucketService {
  async getAssignments(): Promise<StickyAssignmentsDocument | null> {
    return null;
  }
  async saveAssignments(): Promise<void> {}
}

/** What the person and the device were given before, now and then of a variation that is gone. */
function kept({ id, anonymousId }: JsonObject): Record<string, Record<string, string>> {
  const assignments = (): Record<string, string> =>
    Object.fromEntries(
      ['f0-0', 'f0-1', 'f1-0', 'f1-1', 'f2-0'].flatMap((key) =>
        often(0.5) ? [[`${key}__${whole(3)}`, `v${whole(4)}`]] : [],
      ),
    );
  return {
    ...(id !== undefined && { [`id||${String(id)}`]: assignments() }),
    ...(anonymousId !== undefined && { [`anonymousId||${String(anonymousId)}`]: assignments() }),
  };
}

const docsOf = (
  sticky: Record<string, Record<string, string>>,
): Record<`${string}||${string}`, StickyAssignmentsDocument> =>
  Object.fromEntries(
    Object.entries(sticky).map(([key, assignments]) => {
      const [attributeName = '', attributeValue = ''] = key.split('||');
      return [key, { attributeName, attributeValue, assignments: Object(assignments) }];
    }),
  );

const plain = (value: unknown): JSONValue => JSON.parse(JSON.stringify(value ?? null));
const groups = { vip: ['gold', 5, '1'] };

// Else it complains of weights that do not add up, which are among what is tried.
beforeAll(() => {
  vi.stubEnv('NODE_ENV', 'production');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe('our evaluator of flags', () => {
  it(`answers as GrowthBook’s SDK does, ${cases.toLocaleString('en')} times`, () => {
    const seen = new Map<string, number>();
    for (let number = 0; number < cases; number++) {
      const payload = features();
      const asked = attributes();
      const url = of('https://shop.example/', 'https://shop.example/?f0-0=1', 'https://shop.example/?f1-1=9#x');
      const forced = often(0.1) ? { [of('f0-0', 'f0-1', 'f1-0')]: whole(4) - 1 } : {};
      const sticky = often(0.5) ? kept(asked) : undefined;
      for (const key of ['f0', 'f1', 'f2', 'gone']) {
        const reference = new GrowthBook({
          features: Object.fromEntries(
            Object.entries(payload).map(([name, feature]): [string, FeatureDefinition] => [
              name,
              Object(plain(feature)),
            ]),
          ),
          attributes: Object(plain(asked)),
          savedGroups: groups,
          url,
          forcedVariations: forced,
          ...(sticky !== undefined && {
            stickyBucketService: new NoStore(),
            stickyBucketAssignmentDocs: docsOf(sticky),
          }),
        });
        const wanted = reference.evalFeature(key);
        reference.destroy();
        const got = evaluateFeature(payload, key, { attributes: asked, groups, url, forcedVariations: forced, sticky });
        const said = {
          value: got.value,
          source: got.source,
          rule: got.ruleId,
          variation: got.experiment?.variationKey,
          counted: got.experiment?.counted,
          bucket: got.experiment?.bucket ?? undefined,
          sticky: got.experiment?.sticky,
        };
        const right = {
          value: plain(wanted.value),
          source: wanted.source,
          rule: wanted.ruleId,
          variation: wanted.experimentResult?.key,
          counted: wanted.experimentResult?.hashUsed,
          bucket: wanted.experimentResult?.bucket,
          sticky: wanted.experimentResult?.stickyBucketUsed,
        };
        expect(said, JSON.stringify({ number, key, payload, asked, url, forced, sticky })).toEqual(right);
        seen.set(got.source, (seen.get(got.source) ?? 0) + 1);
      }
    }
    // Nothing is agreed upon by never happening.
    for (const source of [
      'defaultValue',
      'force',
      'experiment',
      'prerequisite',
      'cyclicPrerequisite',
      'unknownFeature',
    ])
      expect(seen.get(source) ?? 0, source).toBeGreaterThan(20);
  });
});
