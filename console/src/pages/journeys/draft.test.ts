import { findJourneyProblems, type JourneyDefinition, waysOf } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { layOut } from './canvas/layOut.ts';
import { addStep, emptyJourney, leadTo, orderOf, removeStep, stepKinds } from './draft.ts';

const ways = (definition: JourneyDefinition) =>
  Object.entries(definition.nodes).flatMap(([from, node]) => waysOf(node).map((_, way) => ({ from, way })));

describe('a journey being drawn', () => {
  it('takes a step on a way and gives it back', () => {
    const first = emptyJourney();
    const { definition, id } = addStep(first, { from: 'wait_1', way: 0 }, 'message');
    expect(orderOf(definition)).toEqual(['wait_1', id, 'exit_1']);
    expect(removeStep(definition, id)).toEqual(first);
  });

  it('holds together whatever is put where, and taken away', () => {
    let definition = emptyJourney();
    let dice = 7;
    const roll = (sides: number): number => {
      dice = (dice * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((dice / 2_147_483_648) * sides);
    };
    for (let turn = 0; turn < 300; turn += 1) {
      const places = [{ from: null, way: 0 }, ...ways(definition)];
      const place = places[roll(places.length)] ?? { from: null, way: 0 };
      const ids = Object.keys(definition.nodes);
      const kind = stepKinds[roll(stepKinds.length)] ?? 'wait';
      if (ids.length > 40 || roll(3) === 0) definition = removeStep(definition, ids[roll(ids.length)] ?? '');
      else definition = addStep(definition, place, kind).definition;
      expect(findJourneyProblems(definition)).toEqual([]);
    }
  });

  it('drops what nothing leads to any more', () => {
    const { definition, id } = addStep(emptyJourney(), { from: null, way: 0 }, 'exit');
    expect(Object.keys(definition.nodes)).toEqual([id]);
    expect(leadTo(definition, { from: null, way: 0 }, id).start).toBe(id);
  });

  it('is laid out downwards, no step on another', () => {
    const { definition: split, id } = addStep(emptyJourney(), { from: 'wait_1', way: 0 }, 'split');
    const { definition } = addStep(split, { from: id, way: 1 }, 'message');
    const placed = layOut(definition);
    for (const [from, node] of Object.entries(definition.nodes)) {
      for (const { to } of waysOf(node)) expect(placed.get(to)?.y).toBeGreaterThan(placed.get(from)?.y ?? Infinity);
    }
    const spots = [...placed.values()].map(({ x, y }) => `${x}/${y}`);
    expect(new Set(spots).size).toBe(spots.length);
  });
});
