import type { MatchExplanationStep } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { differenceOf } from './difference.ts';

const step = (field: string, level: string): MatchExplanationStep => ({
  kind: 'comparison',
  name: field,
  field,
  level,
  left: '',
  right: '',
  stranger: 0,
  household: 0,
});
const field = (name: string, difference: 'same' | 'different' | 'one_blank') => ({
  field: name,
  left: 'a',
  right: 'b',
  difference,
});

describe('the mark of a field', () => {
  it('says what the model found, so that it does not contradict the waterfall', () => {
    const explanation = {
      steps: [step('first_name', 'close'), step('email', 'same_user'), step('phone', 'different')],
    };
    expect(differenceOf(field('first_name', 'different'), explanation)).toBe('similar');
    expect(differenceOf(field('email', 'same'), explanation)).toBe('similar');
    expect(differenceOf(field('phone', 'same'), explanation)).toBe('different');
  });

  it('says what the spellings show where the model looked at nothing, or nothing may be told', () => {
    expect(differenceOf(field('street', 'different'), { steps: [step('address', 'exact')] })).toBe('different');
    expect(differenceOf(field('email', 'same'), { steps: [step('email', 'missing')] })).toBe('same');
    expect(differenceOf(field('email', 'same'), null)).toBe('same');
    expect(differenceOf(field('email', 'one_blank'), { steps: [step('email', 'exact')] })).toBe('one_blank');
  });
});
