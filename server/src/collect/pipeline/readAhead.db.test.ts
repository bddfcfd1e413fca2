import { beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { createInboxReader, type TakeRecords } from './readAhead.ts';

const stores = useStores();

const insertRequest = pgQuery({
  name: 'test.readAhead.insertRequest',
  params: { workspace: 'int4', payload: 'text' },
  row: {},
  text: `insert into collect.inbox (workspace_id, source_id, received_at, events, payload)
         values (:workspace, 1, now(), 2, :payload)`,
});

let workspace = 0;
beforeEach(async () => {
  workspace = (await createWorkspace(stores)).id;
  for (const request of [1, 2, 3, 4])
    await stores.pg.run(insertRequest, {
      workspace,
      payload: JSON.stringify({ batch: [{ messageId: `${request}a` }, { messageId: `${request}b` }] }),
    });
});

const commit = async (take: TakeRecords) => (await stores.pg.transaction(take)).map((record) => record.event.messageId);

describe('reading ahead in the inbox', () => {
  it('gives every request once and in order, the next ones read before the last are gone', async () => {
    const reader = createInboxReader(stores.pg);
    const first = await reader.next(workspace, 4);
    expect(await commit(first)).toEqual(['1a', '1b', '2a', '2b']);
    expect(await commit(await reader.next(workspace, 4))).toEqual(['3a', '3b', '4a', '4b']);
    expect(await commit(await reader.next(workspace, 4))).toEqual([]);
  });

  it('leaves to another process what that one took first', async () => {
    const [ours, theirs] = [createInboxReader(stores.pg), createInboxReader(stores.pg)];
    const [mine, other] = [await ours.next(workspace, 6), await theirs.next(workspace, 2)];
    expect(await commit(other)).toEqual(['1a', '1b']);
    expect(await commit(mine)).toEqual(['2a', '2b', '3a', '3b']);
  });

  it('starts again at the oldest request after a batch that came to nothing', async () => {
    const reader = createInboxReader(stores.pg);
    const take = await reader.next(workspace, 4);
    await expect(
      stores.pg.transaction(async (tx) => {
        await take(tx);
        throw new Error('the batch failed');
      }),
    ).rejects.toThrow('the batch failed');
    reader.forget(workspace);
    expect(await commit(await reader.next(workspace, 4))).toEqual(['1a', '1b', '2a', '2b']);
  });

  it('does not use what was read ahead for a batch of another size', async () => {
    const reader = createInboxReader(stores.pg);
    await commit(await reader.next(workspace, 4));
    expect(await commit(await reader.next(workspace, 1))).toEqual(['3a', '3b']);
  });
});
