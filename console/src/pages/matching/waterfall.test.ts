import type { MatchExplanationStep } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { layWaterfall } from './waterfall.ts';

const step = (change: Partial<MatchExplanationStep>): MatchExplanationStep => ({
  kind: 'comparison',
  name: 'x',
  field: 'x',
  level: 'exact',
  left: '',
  right: '',
  stranger: 0,
  household: 0,
  ...change,
});

describe('the waterfall', () => {
  it('goes on where the step before ended, for strangers and housemates each', () => {
    const { rows, min, max } = layWaterfall({
      steps: [
        step({ kind: 'prior', name: 'prior', level: '', stranger: -10, household: -2 }),
        step({ name: 'last_name', field: 'last_name', stranger: 14, household: 0.5 }),
      ],
    });
    expect(rows.map(({ stranger }) => stranger)).toEqual([
      { from: 0, to: -10 },
      { from: -10, to: 4 },
    ]);
    expect(rows[1]?.household).toEqual({ from: -2, to: -1.5 });
    expect([min, max]).toEqual([-10, 4]);
  });

  it('names once what could not be compared, unless another comparison of the field could', () => {
    const missing = { level: 'missing' };
    const { rows, silent } = layWaterfall({
      steps: [
        step({ name: 'email_same_name', field: 'email', stranger: 4 }),
        step({ ...missing, name: 'email_other_name', field: 'email' }),
        step({ ...missing, name: 'phone', field: 'phone' }),
      ],
    });
    expect(rows).toHaveLength(1);
    expect(silent).toEqual(['phone']);
  });
});
