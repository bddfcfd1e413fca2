import { expect, it } from 'vitest';
import { openCuttablePostgres } from '../../../test/cuttablePostgres.ts';
import { openShop } from '../../../test/shop.ts';
import { openTestPostgres, useStores } from '../../../test/stores.ts';

const stores = useStores();
const call = { type: 'track', event: 'Product Viewed', userId: 'u1' };

it('a batch whose commit was never answered is shipped once, without a new start', async () => {
  const postgres = await openTestPostgres();
  const line = await openCuttablePostgres(postgres.url);
  const { ch, jobs, clock, log, filesDir } = stores;
  const shop = await openShop({ pg: line.pg, ch, jobs, clock, log, filesDir });
  await shop.send({ ...call, messageId: 'before' });
  line.loseNextCommit();
  await shop.accept({ ...call, messageId: 'lost' });
  await shop.settle();
  await shop.send({ ...call, messageId: 'after' });
  expect((await shop.events()).map((event) => event.message_id).sort()).toEqual(['after', 'before', 'lost']);
  expect(await shop.pipeline.stop()).toBe(true);
  await line.close();
  await postgres.close();
});
