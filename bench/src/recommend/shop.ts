import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { chQuery, createLog, openChdb, openDataDir, systemClock } from 'vitrail/dist/platform/index.js';
import { importFile, importPeople } from '../imports.ts';
import { fillOrders, readProfileIds } from '../postgres.ts';
import { makeDataDir, startServer } from '../server.ts';

export interface ShopSize {
  readonly people: number;
  readonly products: number;
  readonly events: number;
}

export interface ServedShop {
  readonly dataDir: string;
  /** Ids of the profiles, one after another. */
  readonly first: number;
  readonly last: number;
}

/** The numbers of the products that visitors of the load look at, and on. */
const firstProduct = 10_000;
const sizes = ['XS', 'S', 'M', 'L', 'XL'];

/** A feed: 40 brands, 60 categories, every fiftieth out of stock. */
async function writeFeed(file: string, products: number): Promise<void> {
  const lines = function* () {
    yield 'id,title,brand,product_type,size,price,availability,image_link,link\n';
    for (let n = 0; n < products; n += 1) {
      const category = `Department ${n % 6} > Kind ${n % 60}`;
      const price = `${(9.9 + (n % 300)).toFixed(2)} EUR`;
      const stock = n % 50 === 49 ? 'out of stock' : 'in stock';
      const id = `P-${firstProduct + n}`;
      yield `${id},Product ${n},Brand ${n % 40},${category},${sizes[n % 5]},${price},${stock},https://shop.example/i/${n}.jpg,https://shop.example/p/${n}\n`;
    }
  };
  await pipeline(lines, createWriteStream(file));
}

const product = (draw: string): string =>
  `concat('P-', toString(${firstProduct} + toUInt32({products:UInt64} * pow(cityHash64(number, '${draw}') / 18446744073709551615, 2))))`;
const person = (draw: string): string =>
  `toUInt64({first:UInt64} + cityHash64(number, '${draw}') % ({last:UInt64} - {first:UInt64} + 1))`;
const ago = (draw: string): string =>
  `now64(3) - toIntervalSecond(toUInt32(15552000 * pow(cityHash64(number, '${draw}') / 18446744073709551615, 2)))`;
const buyers = { first: 'UInt64', last: 'UInt64', rows: 'UInt64' } as const;
const params = { ...buyers, products: 'UInt64' } as const;

/** Half a year of looks and carts, and an order of two products for every twentieth of them. */
const insertEvents = chQuery({
  name: 'bench.servingEvents',
  params,
  row: {},
  text: `
      insert into events (workspace_id, profile_id, timestamp, message_id, type, event, source_id, received_at, product_id, properties, traits, context, extra)
      select 1, ${person('who')}, ${ago('when')} as at, concat('serving-', toString(number)), 'track',
        if(number % 5 = 0, 'Product Added', 'Product Viewed'), 1, at, ${product('what')}, '{}', '{}', '{}', '{}'
      from numbers({rows:UInt64})`,
});
const insertOrders = chQuery({
  name: 'bench.servingOrders',
  params: buyers,
  row: {},
  text: `
      insert into customer_orders (workspace_id, profile_id, order_id, ordered_at, status, currency, total, base_total, version)
      select 1, ${person('buyer')}, concat('S', toString(number)), ${ago('order')}, 'completed', 'EUR', 80, 80, 1
      from numbers(intDiv({rows:UInt64}, 20))`,
});
const insertLines = chQuery({
  name: 'bench.servingLines',
  params,
  row: {},
  text: `
      insert into customer_order_lines (workspace_id, profile_id, order_id, line, ordered_at, product_id, quantity, price, base_price, removed, version)
      select 1, ${person('buyer')}, concat('S', toString(number)), line, ${ago('order')},
        if(line = 0, ${product('one')}, ${product('two')}), 1, 40, 40, false, 1
      from numbers(intDiv({rows:UInt64}, 20)) array join [0, 1] as line`,
});

/** A stopped data directory with people, a catalogue and half a year of what they did. */
export async function makeShop({ people, products, events }: ShopSize, work: string): Promise<ServedShop> {
  const dataDir = await makeDataDir();
  try {
    const server = await startServer({ dataDir });
    const file = join(work, 'feed.csv');
    let ids = { first: 0, last: 0 };
    try {
      await importPeople(server, people);
      ids = await readProfileIds(dataDir);
      await writeFeed(file, products);
      await importFile(server, file, 'products');
      await fillOrders(dataDir, ids, { first: firstProduct, count: products }, Math.floor(events / 20));
    } finally {
      await server.stop();
      await rm(file, { force: true });
    }
    const folder = await openDataDir({ path: dataDir, address: 'http://127.0.0.1:1', clock: systemClock });
    try {
      const ch = await openChdb({ dataDir: folder.analyticsDir, log: createLog('warn') });
      try {
        const { first, last } = ids;
        await ch.run(insertEvents, { first, last, products, rows: events }, { lane: 'heavy' });
        await ch.run(insertOrders, { first, last, rows: events }, { lane: 'heavy' });
        await ch.run(insertLines, { first, last, products, rows: events }, { lane: 'heavy' });
      } finally {
        await ch.close();
      }
    } finally {
      folder.release();
    }
    return { dataDir, ...ids };
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}
