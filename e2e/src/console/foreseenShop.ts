import type { TestServer } from '../harness/startServer.ts';

/** A repeatable source of numbers from 0 to 1 (Park and Miller, 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const day = 86_400_000;
const categories = ['Boots', 'Coats', 'Bags', 'Scarves'] as const;
const brands = ['Alba', 'Brume', 'Corvo'] as const;
const perCategory = 12;
const priceOf = (place: number): number => 40 + place * 5;

const catalogue = (): string =>
  [
    'product_id,title,price,availability,brand,category',
    ...categories.flatMap((category, group) =>
      Array.from(
        { length: perCategory },
        (_, at) =>
          `p${group}-${at},${category} number ${at + 1},${priceOf(at)}.00 EUR,in stock,${brands[at % brands.length]},${category}`,
      ),
    ),
  ].join('\n');

/** Two products of an order, mostly of the category the customer is drawn to; neighbours go together. */
function orderLines(now: number, customers: number): string {
  const next = numbers(20_261_123);
  const lines = ['order_id,user_id,email,ordered_at,product_id,category,brand,quantity,unit_price,currency,status'];
  for (let person = 0; person < customers; person++) {
    const pace = 20 + next() * 160;
    let at = now - 900 * day + next() * 840 * day;
    for (let order = 0; at < now - day && order < 40; order++) {
      const group = next() < 0.8 ? person % categories.length : Math.floor(next() * categories.length);
      const first = Math.floor(next() * perCategory);
      for (const place of [first, (first + 1) % perCategory]) {
        const what = `p${group}-${place},${categories[group]},${brands[place % brands.length]},1,${priceOf(place)}`;
        const who = `c${person},c${person}@shop.example`;
        lines.push(`o${person}-${order},${who},${new Date(at).toISOString()},${what},EUR,completed`);
      }
      if (next() < 1 / 6) break;
      at += Math.max(day, -Math.log(1 - next()) * pace * day);
    }
  }
  return lines.join('\n');
}

/**
 * A shop whose customers order at paces of their own and leave after an order with one chance in six; each is drawn to one
 * category of four.
 */
export async function importForeseenShop({ api }: TestServer, customers = 900): Promise<void> {
  await api.importFile({ as: 'products', name: 'products.csv', content: `${catalogue()}\n` });
  const ended = await api.importFile({
    as: 'order-lines',
    name: 'lines.csv',
    content: `${orderLines(Date.now(), customers)}\n`,
  });
  if (ended.state !== 'done') throw new Error(`the orders were not imported: ${ended.state}`);
}
