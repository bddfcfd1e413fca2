import { expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { openDoor } from '../../../test/door.ts';
import { createTestPipeline } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { chQuery } from '../../platform/index.ts';

const stores = useStores();

const listContexts = chQuery({
  name: 'test.privacyControl.listContexts',
  params: { workspace: 'UInt32' },
  row: { message_id: 'String', gpc: 'String' },
  text: `select message_id, JSONExtractRaw(context, 'gpc') as gpc from events
         where workspace_id = {workspace:UInt32} order by message_id`,
});

it('keeps with every event that the browser asked not to be sold or shared', async () => {
  const workspace = await createWorkspace(stores);
  const door = await openDoor(stores);
  const call = (messageId: string, more: object = {}) => ({
    type: 'page',
    anonymousId: 'a',
    messageId,
    writeKey: workspace.writeKey,
    ...more,
  });
  await door.post('/v1/page', call('1-asked'), { 'sec-gpc': '1' });
  await door.post('/v1/page', call('2-not'), {});
  await door.post('/v1/page', call('3-zero'), { 'sec-gpc': '0' });
  const batch = [call('4-batch', { context: { locale: 'fr' } }), call('5-batch')];
  await door.post('/v1/batch', { writeKey: workspace.writeKey, batch }, { 'sec-gpc': '1' });
  await door.close();
  const pipeline = createTestPipeline(stores);
  await pipeline.start();
  await pipeline.stop();
  const rows = await stores.ch.rows(listContexts, { workspace: workspace.id });
  expect(rows.map(({ message_id, gpc }) => `${message_id} ${gpc}`)).toEqual([
    '1-asked true',
    '2-not ',
    '3-zero ',
    '4-batch true',
    '5-batch true',
  ]);
});
