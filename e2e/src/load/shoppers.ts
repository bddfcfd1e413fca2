import type { Random } from './random.ts';

/** An order as the shop knows it: integers of cents, so that sums are exact. */
export interface PlacedOrder {
  readonly id: string;
  readonly cents: number;
  readonly currency: string;
}

/** One call, and what must become of it. */
export interface Call {
  readonly messageId: string;
  /** An identifier of the person whose call it is, as the call carries it. */
  readonly owner: { readonly namespace: 'user_id' | 'anonymous_id'; readonly value: string };
  readonly order: PlacedOrder | null;
  readonly body: { readonly type: 'identify' | 'track' | 'page'; readonly [field: string]: unknown };
}

export interface Shopper {
  /** What happens next: on each device first unknown, at some moment signed in, then mostly known. */
  next(): Call;
}

const products = ['lamp', 'vase', 'bowl', 'candle', 'mirror'] as const;

/** A customer of the made-up shop, who takes another device now and then; every call has an id of its own. */
export function createShopper(name: string, random: Random): Shopper {
  const userId = `user-${name}`;
  let count = 0;
  let device = 0;
  let signedIn = false;

  const call = (
    known: boolean,
    body: { type: Call['body']['type']; [field: string]: unknown },
    order: PlacedOrder | null = null,
  ): Call => {
    const messageId = `${name}-${count}`;
    const anonymousId = `device-${name}-${device}`;
    return {
      messageId,
      order,
      owner: known ? { namespace: 'user_id', value: userId } : { namespace: 'anonymous_id', value: anonymousId },
      body: { ...body, messageId, timestamp: new Date().toISOString(), anonymousId, ...(known ? { userId } : {}) },
    };
  };

  const buy = (): Call => {
    const order = {
      id: `O-${name}-${count}`,
      cents: random.int(1, 50_000),
      currency: random.chance(0.8) ? 'EUR' : 'GBP',
    };
    const properties = { order_id: order.id, total: order.cents / 100, currency: order.currency };
    return call(true, { type: 'track', event: 'Order Completed', properties }, order);
  };

  return {
    next() {
      count += 1;
      if (signedIn && random.chance(0.02)) {
        device += 1;
        signedIn = false;
      }
      const draw = random.unit();
      if (!signedIn && draw < 0.6)
        return call(false, { type: 'page', name: 'Home', properties: { url: 'https://shop.example/' } });
      if (!signedIn) {
        signedIn = true;
        return call(true, { type: 'identify', traits: { email: `${userId}@shop.example`, visits: count } });
      }
      if (draw < 0.05) return call(true, { type: 'identify', traits: { visits: count } });
      if (draw < 0.2) return buy();
      if (draw < 0.4) return call(false, { type: 'page', name: 'Lamps', properties: {} });
      return call(true, { type: 'track', event: 'Product Viewed', properties: { product_id: random.pick(products) } });
    },
  };
}
