import { flagRequestSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { formOf, newRule, readValue, requestOf } from './flagValues.ts';

describe('the form of a flag', () => {
  it('comes back as it was stored, whatever its rules', () => {
    const flag = flagRequestSchema.parse({
      key: 'bar',
      name: 'Bar',
      type: 'json',
      default: { on: false },
      rules: [
        {
          kind: 'force',
          condition: { country: 'FR', 'cart.value': { $gte: 60 } },
          segments: ['3'],
          value: { on: true },
        },
        { kind: 'rollout', share: 0.125, unit: 'device', value: [1] },
        { kind: 'experiment', experiment: 'button', values: { green: { colour: 'green' } } },
      ],
    });
    expect(requestOf(formOf(flag))).toEqual(flag);
  });

  it('takes values of the type alone', () => {
    expect(readValue('boolean', 'true')).toBe(true);
    expect(readValue('boolean', 'yes')).toBeUndefined();
    expect(readValue('number', ' 1.5 ')).toBe(1.5);
    expect(readValue('number', '"1"')).toBeUndefined();
    expect(readValue('string', 'true')).toBe('true');
    expect(readValue('json', 'null')).toBeUndefined();
  });

  it('says what is wrong, the first of it', () => {
    const form = { ...formOf(undefined), key: 'bar' };
    expect(requestOf({ ...form, key: 'a b' })).toBe('key');
    expect(requestOf({ ...form, fallback: '1' })).toBe('value');
    expect(requestOf({ ...form, rules: [{ ...newRule('boolean'), condition: '[1]' }] })).toBe('condition');
    expect(requestOf({ ...form, rules: [{ ...newRule('boolean'), kind: 'experiment' }] })).toBe('experiment');
  });
});
