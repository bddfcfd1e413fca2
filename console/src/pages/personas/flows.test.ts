import { describe, expect, it } from 'vitest';
import { directionOf, movementOf } from './flows.ts';

describe('the movement between personas', () => {
  it('shows what moved and stayed, largest first, and nobody who never bought', () => {
    const movement = movementOf({
      flows: [
        { from: 'loyal', to: 'loyal', profiles: 5 },
        { from: 'prospects', to: 'prospects', profiles: 900 },
        { from: 'prospects', to: 'new', profiles: 7 },
        { from: 'at_risk', to: 'lost', profiles: 3 },
        { from: 'lost', to: 'champions', profiles: 0 },
      ],
    });
    expect(movement.flows.map(({ profiles }) => profiles)).toEqual([7, 5, 3]);
    expect(movement).toMatchObject({
      moved: 10,
      stayed: 5,
      before: ['loyal', 'at_risk', 'prospects'],
      after: ['loyal', 'new', 'lost'],
    });
  });

  it('says which way a flow goes', () => {
    expect(directionOf({ from: 'lost', to: 'loyal', profiles: 1 })).toBe('up');
    expect(directionOf({ from: 'champions', to: 'at_risk', profiles: 1 })).toBe('down');
    expect(directionOf({ from: 'new', to: 'new', profiles: 1 })).toBe('same');
  });
});
