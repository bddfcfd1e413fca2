import { problemSchema } from '@vitrail/contracts';
import { expect, test } from 'vitest';
import { Fault, type FaultKind } from '../../platform/index.ts';
import { toProblem } from './problem.ts';

const kinds: [FaultKind, number][] = [
  ['invalid', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['too_large', 413],
  ['too_many', 429],
  ['unavailable', 503],
];

test.each(kinds)('a fault of kind %s answers %i with its code, sentence and details', (kind, status) => {
  const fault = new Fault(kind, 'room.reason', 'What happened. What to do.', { details: { ids: [1, 2] } });
  const problem = toProblem(fault, 'r1');
  expect(problem).toMatchObject({ status, unforeseen: false });
  expect(problemSchema.parse(problem.body)).toMatchObject({
    type: 'about:blank',
    status,
    code: 'room.reason',
    detail: 'What happened. What to do.',
    requestId: 'r1',
    ids: [1, 2],
  });
});

test('details cannot replace what a problem is made of', () => {
  const fault = new Fault('invalid', 'room.reason', 'Wrong.', { details: { status: 200, code: 'other' } });
  expect(toProblem(fault, 'r1').body).toMatchObject({ status: 400, code: 'room.reason' });
});

test('who is told to come later is told when', () => {
  expect(toProblem(new Fault('unavailable', 'a.b', 'Later.'), 'r').headers).toEqual({ 'retry-after': '5' });
  expect(toProblem(new Fault('too_many', 'a.b', 'Later.'), 'r').headers).toEqual({ 'retry-after': '10' });
  const told = new Fault('unavailable', 'a.b', 'Later.', { details: { retryAfter: 1.2 } });
  expect(toProblem(told, 'r').headers).toEqual({ 'retry-after': '2' });
  expect(toProblem(new Fault('conflict', 'a.b', 'Never.'), 'r').headers).toEqual({});
});

test.each([new Error('secret path /etc/x'), new TypeError('x.y'), 'a string', null, { statusCode: 200 }])(
  'an unforeseen error tells the caller nothing but a code: %s',
  (error) => {
    const problem = toProblem(error, 'r1');
    expect(problem).toMatchObject({ status: 500, unforeseen: true, body: { code: 'http.internal' } });
    expect(JSON.stringify(problem.body)).not.toMatch(/secret|x\.y|string/);
  },
);

test('text that PostgreSQL cannot hold is the caller’s mistake', () => {
  const error = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' });
  expect(toProblem(error, 'r')).toMatchObject({ status: 400, body: { code: 'http.bad_text' } });
});
