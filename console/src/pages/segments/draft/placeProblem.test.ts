import { expect, it } from 'vitest';
import { ApiError } from '../../../api/problem.ts';
import { definitionOf, draftOf, leavesOf } from './draft.ts';
import { placeProblem } from './placeProblem.ts';

const draft = draftOf({
  kind: 'all',
  of: [
    { kind: 'consent', purpose: 'email', is: 'granted' },
    { kind: 'not', of: { kind: 'trait', trait: 'x', test: { type: 'text', op: 'matches', value: '(' } } },
  ],
});
const { keys } = definitionOf(draft);
const [first, second] = leavesOf(draft);
const refused = (code: string, details: Record<string, unknown>) => new ApiError(400, code, 'No.', { details });

it('shows what the server refuses at the condition it means', () => {
  const body = { errors: [{ in: 'body', field: '/definition/of/0/purpose', problem: 'too short' }] };
  expect(placeProblem(refused('http.invalid_request', body), keys, leavesOf(draft))).toEqual([
    { key: first?.key, text: 'too short' },
  ]);
  expect(placeProblem(refused('decide.x', { path: 'of.1.of' }), keys, leavesOf(draft))).toEqual([
    { key: second?.key, text: 'No.' },
  ]);
  expect(placeProblem(refused('decide.pattern_invalid', {}), keys, leavesOf(draft))).toEqual([
    { key: second?.key, text: 'No.' },
  ]);
  expect(placeProblem(refused('decide.too_much', {}), keys, leavesOf(draft))).toEqual([{ key: null, text: 'No.' }]);
  expect(placeProblem(new ApiError(503, 'busy', ''), keys, leavesOf(draft))).toEqual([]);
});
