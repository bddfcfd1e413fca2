import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../platform/index.ts';
import { compileSchema } from './compileSchema.ts';
import { inferSchema } from './inferSchema.ts';

const repeat = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const sizes = ['s', 'm', 'l'];

describe('a proposed schema', () => {
  it('tells types, formats, closed lists and what is always there', () => {
    const examples = repeat(30, (index) => ({
      order_id: `O-${index}`,
      total: index % 2 ? 10 : 9.5,
      quantity: index,
      size: sizes[index % 3] ?? '',
      paid_at: '2026-11-21T10:00:00Z',
      gift: index % 2 === 0,
      ...(index > 5 && { coupon: index % 2 ? `C${index}` : null }),
      products: [{ sku: `A${index}`, price: 1.5 }],
    }));
    expect(inferSchema(examples)).toEqual({
      type: 'object',
      required: ['gift', 'order_id', 'paid_at', 'products', 'quantity', 'size', 'total'],
      properties: {
        order_id: { type: 'string' },
        total: { type: 'number' },
        quantity: { type: 'integer' },
        size: { type: 'string', enum: ['l', 'm', 's'] },
        paid_at: { type: 'string', format: 'date-time' },
        gift: { type: 'boolean' },
        coupon: { type: ['null', 'string'] },
        products: {
          type: 'array',
          items: {
            type: 'object',
            required: ['price', 'sku'],
            properties: { sku: { type: 'string' }, price: { type: 'number' } },
          },
        },
      },
    });
  });

  it('calls nothing required and closes no list on a few examples', () => {
    expect(inferSchema(repeat(5, () => ({ size: 'm' })))).toEqual({
      type: 'object',
      properties: { size: { type: 'string' } },
    });
  });

  it('does not make a closed list of names', () => {
    const names = ['Anna Weber', 'Paul Martin'];
    const schema = inferSchema(repeat(40, (index) => ({ name: names[index % 2] ?? '' })));
    expect(schema).toMatchObject({ properties: { name: { type: 'string' } } });
    expect(JSON.stringify(schema)).not.toContain('Anna');
  });

  it('accepts every example it was made from, however odd', () => {
    const odd: Json[] = [
      null,
      true,
      0,
      -0.5,
      1e300,
      '',
      'x',
      '2026-02-31',
      'a@b',
      'https://x y',
      [],
      [[]],
      [1, 'a', null],
      {},
      { a: { a: 1 } },
    ];
    let seed = 42;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 20; round++) {
      const examples: JsonObject[] = repeat(1 + random(40), () =>
        Object.fromEntries(repeat(random(6), () => [`p${random(5)}`, odd[random(odd.length)] ?? null])),
      );
      const compiled = compileSchema(inferSchema(examples));
      if (!compiled.ok) throw new Error(compiled.detail);
      for (const example of examples) expect(compiled.check(example)).toEqual([]);
    }
  });
});
