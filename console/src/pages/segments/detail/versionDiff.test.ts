import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { expect, it } from 'vitest';
import { diffVersions } from './versionDiff.ts';

const read = (given: unknown): SegmentNode => segmentDefinitionSchema.parse(given);
const mail = { kind: 'consent', purpose: 'email', is: 'granted' };
const orders = (value: number) => ({ kind: 'order', test: { op: 'gte', value } });

it('says what was added and taken away, condition by condition', () => {
  const diff = diffVersions(
    read({ kind: 'all', of: [mail, orders(2)] }),
    read({ kind: 'all', of: [{ kind: 'not', of: { kind: 'any', of: [mail] } }, orders(2)] }),
    'en',
    {},
  );
  expect(diff).toEqual({
    added: ['has not agreed to e-mail'],
    removed: ['agreed to e-mail'],
    kept: ['placed at least 2 orders'],
    regrouped: false,
  });
});

it('tells conditions that are only joined in another way', () => {
  const diff = diffVersions(
    read({ kind: 'all', of: [mail, orders(2)] }),
    read({ kind: 'any', of: [mail, orders(2)] }),
    'en',
    {},
  );
  expect(diff).toMatchObject({ added: [], removed: [], regrouped: true });
});
