import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../platform/index.ts';
import { checkSchema } from './checkSchema.ts';
import { compileSchema } from './compileSchema.ts';

function compile(schema: Json): (value: JsonObject) => string[] {
  const compiled = compileSchema(schema);
  if (!compiled.ok) throw new Error(`${compiled.reason}: ${compiled.detail}`);
  return (value) => compiled.check(value).map(({ rule }) => rule);
}
const rulesOf = (schema: Json, value: JsonObject): string[] => compile(schema)(value);

const order = {
  $id: 'Order Completed (v1):x',
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['order_id', 'total'],
  properties: {
    order_id: { type: 'string', minLength: 1 },
    total: { type: 'number', minimum: 0 },
    email: { type: 'string', format: 'email' },
    code: { type: 'string', pattern: '^[A-Z]{3}\\d+$' },
    products: {
      type: 'array',
      uniqueItems: true,
      items: { $ref: '#/$defs/line' },
    },
  },
  $defs: {
    line: { type: 'object', properties: { price: { type: 'number', minimum: 0 } }, additionalProperties: false },
  },
};

describe('a schema of the plan', () => {
  it('lets conforming properties pass', () => {
    expect(rulesOf(order, { order_id: '1', total: 9.5, code: 'ABC12', products: [{ price: 1 }], more: true })).toEqual(
      [],
    );
  });

  it('names every broken rule by its place, array positions as *', () => {
    expect(
      rulesOf(order, { total: -1, email: 'no', code: 'abc', products: [{ price: 1 }, { price: -2 }, { price: -3 }] }),
    ).toEqual(['/order_id required', '/total minimum', '/email format', '/code pattern', '/products/*/price minimum']);
  });

  it('puts no name in a rule that only the event made up', () => {
    const closed = { ...order, additionalProperties: { type: 'string' } };
    expect(rulesOf(closed, { order_id: '1', total: 1, 'anna@example.com': 5 })).toEqual(['/* type']);
    expect(rulesOf(order, { order_id: '1', total: 1, products: [{ 'anna@example.com': 5 }] })).toEqual([
      '/products/* additionalProperties',
    ]);
  });

  it('tells a failed choice once, without its branches', () => {
    const choice = { properties: { id: { anyOf: [{ type: 'string' }, { type: 'integer' }] } } };
    expect(rulesOf(choice, { id: true })).toEqual(['/id anyOf']);
  });

  it('sees equal items whatever the order of their members', () => {
    const schema = { properties: { list: { uniqueItems: true } } };
    expect(
      rulesOf(schema, {
        list: [
          { a: 1, b: [1, null] },
          { b: [1, null], a: 1 },
        ],
      }),
    ).toEqual(['/list uniqueItems']);
    expect(rulesOf(schema, { list: [1, '1', [1], { 1: 1 }] })).toEqual([]);
  });

  it('does not take inherited members for given ones', () => {
    expect(rulesOf({ required: ['toString', 'constructor'] }, {})).toEqual([
      '/toString required',
      '/constructor required',
    ]);
  });

  it('does not change what it checks', () => {
    const value = { order_id: '1', total: 1 };
    rulesOf({ ...order, properties: { ...order.properties, extra: { default: 5 } } }, value);
    expect(value).toEqual({ order_id: '1', total: 1 });
  });

  it('follows draft 2020-12: prefixItems, dependentRequired, unevaluatedProperties', () => {
    const schema = {
      properties: { pair: { prefixItems: [{ type: 'string' }], items: { type: 'number' } } },
      dependentRequired: { coupon: ['discount'] },
      unevaluatedProperties: false,
    };
    expect(rulesOf(schema, { pair: ['a', 1] })).toEqual([]);
    expect(rulesOf(schema, { pair: [1, 'a'] })).toEqual(['/pair/* type']);
    expect(rulesOf({ ...schema, unevaluatedProperties: true }, { coupon: 'X' })).toEqual([
      '/discount dependentRequired',
    ]);
    expect(rulesOf(schema, { other: 1 })).toEqual(['/ unevaluatedProperties']);
  });

  it('stops at the first error of a value with thousands of them', () => {
    const schema = { properties: { list: { items: { type: 'string' } }, other: { type: 'string' } } };
    expect(rulesOf(schema, { list: Array.from({ length: 5_000 }, () => 1), other: 1 })).toEqual(['/list/* type']);
  });
});

describe('a schema that could cost without bound is refused', () => {
  const nest = (depth: number): Json => (depth === 0 ? true : { properties: { a: nest(depth - 1) } });
  const doubling: Record<string, Json> = { d20: true };
  for (let step = 0; step < 20; step++)
    doubling[`d${step}`] = { allOf: [{ $ref: `#/$defs/d${step + 1}` }, { $ref: `#/$defs/d${step + 1}` }] };

  it.each<[string, Json, string]>([
    ['no object', 'a string', 'not_an_object'],
    ['a list', [], 'not_an_object'],
    ['too large', { description: 'x'.repeat(70_000) }, 'too_large'],
    ['too deep', nest(40), 'too_deep'],
    ['another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }, 'wrong_draft'],
    ['a remote reference', { $ref: 'https://evil.example/schema.json' }, 'remote_reference'],
    ['a file reference', { properties: { a: { $ref: 'file:///etc/passwd' } } }, 'remote_reference'],
    ['a reference that is no text', { $ref: 5 }, 'remote_reference'],
    ['a reference to nothing', { $ref: '#/$defs/nowhere' }, 'missing_reference'],
    ['a reference to data', { $ref: '#/enum/0', enum: [{ type: 'string' }] }, 'missing_reference'],
    ['a reference to itself', { $ref: '#' }, 'recursive_reference'],
    ['a circle', { $defs: { a: { $ref: '#/$defs/b' }, b: { allOf: [{ $ref: '#/$defs/a' }] } } }, 'recursive_reference'],
    ['references that double at each step', { $ref: '#/$defs/d0', $defs: doubling }, 'too_complex'],
    ['dynamic references', { $dynamicRef: '#x' }, 'unsupported_keyword'],
    ['an inner id', { properties: { a: { $id: 'https://x.example/a' } } }, 'unsupported_keyword'],
    ['a look-ahead', { properties: { a: { pattern: '^(?=a)b' } } }, 'bad_pattern'],
    ['a back-reference', { properties: { a: { pattern: '(a)\\1' } } }, 'bad_pattern'],
    ['a broken pattern', { patternProperties: { '(': true } }, 'bad_pattern'],
    ['a huge pattern', { properties: { a: { pattern: 'a'.repeat(600) } } }, 'bad_pattern'],
    ['an inner schema that is none', { properties: { a: 5 } }, 'malformed'],
    ['a keyword with an impossible value', { minimum: 'five' }, 'malformed'],
    ['a type nobody knows', { type: 'euro' }, 'malformed'],
  ])('%s', (_, schema, reason) => {
    expect(compileSchema(schema)).toMatchObject({ ok: false, reason });
  });

  it('but properties may be called like keywords, and lists may hold anything', () => {
    const schema = {
      properties: { $ref: { type: 'string' }, pattern: { type: 'string' }, properties: { type: 'number' } },
      enum: [{ $ref: 'https://evil.example' }, { pattern: '(' }],
      default: { $dynamicRef: 1 },
    };
    expect(checkSchema(schema)).toEqual({ ok: true });
    expect(rulesOf(schema, { $ref: 'https://evil.example' })).toEqual([]);
  });
});

describe('hostile values', () => {
  // Each of these takes a backtracking engine, or pairwise comparison, from minutes to centuries.
  it('cannot make a pattern run away', () => {
    const schema = {
      properties: { a: { pattern: '^(a+)+$' }, b: { pattern: '^\\d*\\d*\\d*x$' }, c: { pattern: '(.*,){11}P' } },
    };
    const value = { a: `${'a'.repeat(30_000)}!`, b: '1'.repeat(30_000), c: '1,'.repeat(15_000) };
    expect(rulesOf(schema, value)).toEqual(['/a pattern', '/b pattern', '/c pattern']);
  });

  it('cannot make a comparison of all items run away', () => {
    const list = Array.from({ length: 15_000 }, (_, index) => ({ index }));
    expect(rulesOf({ properties: { list: { uniqueItems: true } } }, { list })).toEqual([]);
  });

  it.each(
    'date date-time time iso-time iso-date-time email uri uri-reference uri-template url hostname ipv4 ipv6 duration regex uuid json-pointer json-pointer-uri-fragment relative-json-pointer byte'.split(
      ' ',
    ),
  )('cannot make the format %s run away', (format) => {
    const check = compile({ properties: { a: { format } } });
    for (const text of ['a', 'a.', '1:', 'a@', '[', '{a', '/~', '%', '(', 'http://a', 'P1'].map((part) =>
      part.repeat(15_000),
    ))
      check({ a: `${text}\u0000` });
  });
});
