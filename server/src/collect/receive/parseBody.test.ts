import { gzipSync } from 'node:zlib';
import { collectionLimits } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { type BodyExpectation, parseBody } from './parseBody.ts';

const single: BodyExpectation = { batch: false, typeHint: 'track', adapt: null };
const batch: BodyExpectation = { batch: true, typeHint: null, adapt: null };

const event = (fields: object = {}) => ({ type: 'track', event: 'Viewed', userId: 'u1', ...fields });
const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

function accepted(body: Buffer, expected: BodyExpectation) {
  const result = parseBody(body, expected);
  if ('refused' in result) throw new Error(`refused: ${JSON.stringify(result)}`);
  const json: unknown = JSON.parse(result.payload.toString());
  return { ...result, json };
}
function refused(body: Buffer, expected: BodyExpectation) {
  const result = parseBody(body, expected);
  if (!('refused' in result)) throw new Error('accepted');
  return result;
}

describe('a body that is fit to be kept', () => {
  it('is kept byte for byte', () => {
    const body = bytes('{ "type":"track","event":"Vu à l’été 😀", "userId" : "u1", "n": 1.50 }');
    expect(accepted(body, single).payload.equals(body)).toBe(true);
  });

  it('may be gzipped, under any label', () => {
    expect(accepted(gzipSync(bytes({ batch: [event(), event()] })), batch)).toMatchObject({
      events: 2,
      json: { batch: [event(), event()] },
    });
  });

  it('may begin with a byte order mark', () => {
    expect(accepted(bytes(`\ufeff${JSON.stringify(event())}`), single).json).toEqual(event());
  });

  it('tells the write key it carries', () => {
    expect(accepted(bytes(event({ writeKey: 'wk_1' })), single).writeKey).toBe('wk_1');
    expect(accepted(bytes({ batch: [], writeKey: 'wk_2' }), batch)).toMatchObject({ writeKey: 'wk_2', events: 0 });
    expect(accepted(bytes(event({ writeKey: 3 })), single).writeKey).toBeNull();
  });

  it('may be as large as the limits say', () => {
    const padding = collectionLimits.eventBytes - bytes(event({ x: '' })).length;
    accepted(bytes(event({ x: 'x'.repeat(padding) })), single);
    accepted(bytes({ batch: Array.from({ length: 2_500 }, () => event()) }), batch);
    accepted(bytes({ batch: [event({ deep: JSON.parse(nested(96)) })] }), batch);
  });

  it('holds `__proto__` and `constructor` as plain names', () => {
    const body = bytes(
      '{"type":"page","userId":"u1","properties":{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}}',
    );
    const { payload } = accepted(body, single);
    expect(payload.equals(body)).toBe(true);
    expect({}).not.toHaveProperty('x');
    expect({}).not.toHaveProperty('y');
  });

  it('loses NUL and lone surrogates, and nothing else', () => {
    const body = bytes(
      '{"type":"page","userId":"u\\u00001","properties":{"a\\u0000":"\\ud800x","b":"\\ud83d\\ude00 \\\\u0000"}}',
    );
    expect(accepted(body, single).json).toEqual({
      type: 'page',
      userId: 'u1',
      properties: { a: '\ufffdx', b: '😀 \\u0000' },
    });
  });

  it('has bytes that are not UTF-8 replaced', () => {
    const body = Buffer.concat([
      bytes('{"type":"page","userId":"u1","x":"'),
      Buffer.from([0xff, 0xc3, 0x28]),
      bytes('"}'),
    ]);
    expect(accepted(body, single).json).toMatchObject({ x: '\ufffd\ufffd(' });
  });

  it('is written anew only where its client’s shape is not Segment’s', () => {
    const body = bytes('{ "type":"page", "userId":"u1" }');
    expect(accepted(body, { ...single, adapt: () => null }).payload.equals(body)).toBe(true);
    const adapt = (given: object) => ({ ...given, name: 'Accueil' });
    expect(accepted(body, { ...single, adapt }).json).toEqual({ type: 'page', userId: 'u1', name: 'Accueil' });
  });
});

describe('a hostile or broken body', () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20), { level: 9 });
  const truncated = gzipSync(bytes(event())).subarray(0, 30);
  it.each([
    ['nothing', bytes(''), single, 'empty'],
    ['blanks', bytes('  '), single, 'broken_json'],
    ['half an object', bytes('{"type":"track"'), single, 'broken_json'],
    ['a bare word', bytes('hello'), single, 'broken_json'],
    ['a form', bytes('type=track&event=x'), single, 'broken_json'],
    ['a NUL byte in a text', bytes('{"type":"page","userId":"u\u00001"}'), single, 'broken_json'],
    ['NUL bytes alone', Buffer.alloc(100), single, 'broken_json'],
    ['a number', bytes('1e400'), single, 'wrong_shape'],
    ['null', bytes('null'), single, 'wrong_shape'],
    ['a list', bytes([event()]), single, 'wrong_shape'],
    ['a list for a batch', bytes([event()]), batch, 'wrong_shape'],
    ['a single event for a batch', bytes(event()), batch, 'wrong_shape'],
    ['a batch that is an object', bytes({ batch: { 0: event() } }), batch, 'wrong_shape'],
    ['a gzip bomb of 200 MB', bomb, batch, 'too_large'],
    ['a gzip bomb for one event', bomb, single, 'too_large'],
    ['gzip cut off', truncated, single, 'broken_gzip'],
    ['gzip by its first bytes only', Buffer.from([0x1f, 0x8b, 0x08, 0x00]), single, 'broken_gzip'],
    ['gzip in gzip', gzipSync(gzipSync(bytes(event()))), single, 'broken_json'],
    ['an event of 33 KB', bytes(event({ x: 'x'.repeat(33 * 1024) })), single, 'event_too_large'],
    ['an event of 33 KB, gzipped', gzipSync(bytes(event({ x: 'x'.repeat(33 * 1024) }))), single, 'event_too_large'],
    ['3,000 events', bytes({ batch: Array.from({ length: 3_000 }, () => event()) }), batch, 'too_many_events'],
    [
      '501 KB',
      bytes({ batch: Array.from({ length: 50 }, () => event({ x: 'x'.repeat(10_260) })) }),
      batch,
      'too_large',
    ],
    ['200 levels of objects', bytes(`{"type":"page","userId":"u1","properties":${nested(200)}}`), single, 'too_deep'],
    [
      '200 levels in a batch',
      bytes(`{"batch":[{"type":"page","userId":"u1","properties":${nested(200)}}]}`),
      batch,
      'too_deep',
    ],
    ['500,000 open brackets', bytes('['.repeat(500_000)), batch, 'too_deep'],
    ['32,000 open braces', bytes('{"a":'.repeat(6_000)), single, 'too_deep'],
  ])('is refused: %s', (_title, body, expected, reason) => {
    expect(refused(body, expected).refused).toBe(reason);
  });

  it('is refused whole when one event of a batch is wrong, naming each by its position', () => {
    const result = refused(bytes({ batch: [event(), event({ userId: null }), event(), { type: 'x' }] }), batch);
    expect(result).toMatchObject({
      refused: 'invalid_event',
      indexes: [1, 3],
      flaws: [{ field: '/batch/1/userId' }, { field: '/batch/3/type' }],
    });
    expect(result.detail).toMatch(/events 1, 3 \(counted from 0\)/);
  });

  it('is refused whole when one event of a batch is too large', () => {
    const result = refused(bytes({ batch: [event(), event({ x: 'x'.repeat(33_000) })] }), batch);
    expect(result).toMatchObject({ refused: 'event_too_large', indexes: [1] });
  });

  it('names at most a hundred flaws, and every position', () => {
    const result = refused(bytes({ batch: Array.from({ length: 2_500 }, () => ({})) }), batch);
    expect(result.indexes).toHaveLength(2_500);
    expect(result.flaws).toHaveLength(100);
  });

  it('never quotes what the client sent', () => {
    for (const body of [bytes('{"email":"a@b.fr"'), bytes({ type: 'track', userId: 'secret', email: 'a@b.fr' })]) {
      expect(JSON.stringify(refused(body, single))).not.toMatch(/a@b|secret/);
    }
  });

  it('never leaves its box: twenty bombs of 200 MB take no memory', () => {
    const before = process.memoryUsage().arrayBuffers;
    for (let round = 0; round < 20; round++) refused(bomb, batch);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });
});
