import type { SegmentNode } from '@vitrail/contracts';
import { evaluate } from './evaluate.ts';
import { dayOf, lengthOf, momentOf, startOf, textOf } from './values.ts';
import type { Person, Surroundings } from './world.ts';

const dayMs = 86_400_000;

/** Every length of time that a definition names, referenced segments included. */
function lengthsIn(node: unknown, world: Surroundings): number[] {
  if (typeof node !== 'object' || node === null) return [];
  const own =
    'n' in node && 'unit' in node && typeof node.n === 'number'
      ? [lengthOf({ n: node.n, unit: unitOf(node.unit) })]
      : [];
  const other = 'segment' in node && typeof node.segment === 'string' ? world.segments.get(node.segment) : undefined;
  const referenced = other !== undefined && 'kind' in other ? lengthsIn(other, world) : [];
  return [...own, ...referenced, ...Object.values(node).flatMap((each) => lengthsIn(each, world))];
}

const units = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const unitOf = (unit: unknown): (typeof units)[number] => {
  const known = units.find((each) => each === unit);
  if (known === undefined) throw new Error('no unit');
  return known;
};

/**
 * The first moment after `now` at which a person's answer differs from that of now, found by asking at every instant at
 * which anything could turn: a stated or past moment plus or minus a length of time, and the local midnights. Null when
 * none of them differs.
 */
export function nextTurn(node: SegmentNode, person: Person, now: number, world: Surroundings): number | null {
  const { zone } = world;
  const texts = [
    ...[...person.traits.values()].map(textOf),
    ...person.events.flatMap(({ properties }) => Object.values(properties).map(textOf)),
  ];
  const moments = [
    person.firstSeen,
    ...person.events.map(({ at }) => at),
    ...person.orders.map(({ at }) => at),
    ...texts.flatMap((text) => momentOf(text, zone) ?? []),
  ];
  const lengths = [0, ...new Set(lengthsIn(node, world))];
  const turns = new Set<number>();
  for (const moment of new Set(moments)) {
    for (const length of lengths) {
      for (const off of [0, 1]) {
        turns.add(moment + length + off);
        turns.add(moment - length + off);
      }
    }
  }
  const today = dayOf(now, zone);
  for (let day = 1; day <= 400; day++) turns.add(startOf(today + day, zone));
  const answer = evaluate(node, person, now, world);
  const ahead = [...turns].filter((turn) => turn > now && turn < now + 500 * dayMs).toSorted((a, b) => a - b);
  return ahead.find((turn) => evaluate(node, person, turn, world) !== answer) ?? null;
}
