import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commerceEventNames, commerceEventSchemas, findCommerceSchema } from './commerceEvents.ts';
import { eventBatchSchema, eventSchema } from './events.ts';

describe('the six calls', () => {
  it('takes each call with what the spec asks for and keeps fields it does not name', () => {
    const calls = [
      { type: 'identify', userId: 'u1', traits: { email: 'a@b.fr' } },
      { type: 'track', event: 'Order Completed', anonymousId: 'a1', properties: { order_id: 1 } },
      { type: 'page', anonymousId: 'a1', name: 'Home' },
      { type: 'screen', userId: 42, name: 'Basket' },
      { type: 'group', userId: 'u1', groupId: 'g1', traits: {} },
      { type: 'alias', userId: 'u1', previousId: 'a1', _metadata: { bundled: [] } },
    ];
    for (const call of calls) expect(eventSchema.parse(call)).toEqual(call);
  });

  it('refuses a call without anybody, a track without a name, a group without a group', () => {
    const wrong = [
      { type: 'identify', traits: {} },
      { type: 'track', userId: 'u1' },
      { type: 'track', userId: 'u1', event: '' },
      { type: 'group', userId: 'u1' },
      { type: 'alias', userId: 'u1' },
      { type: 'purchase', userId: 'u1' },
    ];
    for (const call of wrong) expect(eventSchema.safeParse(call).success, JSON.stringify(call)).toBe(false);
  });

  it('limits a batch to 2,500 calls', () => {
    const call = { type: 'page', anonymousId: 'a1' };
    expect(eventBatchSchema.safeParse({ batch: Array.from({ length: 2_500 }, () => call) }).success).toBe(true);
    expect(eventBatchSchema.safeParse({ batch: Array.from({ length: 2_501 }, () => call) }).success).toBe(false);
  });
});

describe('e-commerce events', () => {
  it('reads amounts as numbers and as text, and asks for the order id', () => {
    const schema = commerceEventSchemas['Order Completed'];
    expect(
      schema.safeParse({ order_id: 'o1', total: '19.90', products: [{ product_id: 7, price: 9.95 }] }).success,
    ).toBe(true);
    expect(schema.safeParse({ total: 19.9 }).success).toBe(false);
    expect(schema.safeParse({ order_id: 'o1', total: '19,90' }).success).toBe(false);
  });

  it('gives every event as JSON Schema, for the tracking plan', () => {
    for (const name of commerceEventNames) {
      expect(z.toJSONSchema(commerceEventSchemas[name])).toMatchObject({ type: 'object' });
    }
    expect(commerceEventNames).toHaveLength(28);
  });

  it('knows a name only when it is the spec’s own', () => {
    expect(findCommerceSchema('Product Viewed')).not.toBeNull();
    expect(findCommerceSchema('product viewed')).toBeNull();
    expect(findCommerceSchema('constructor')).toBeNull();
  });
});
