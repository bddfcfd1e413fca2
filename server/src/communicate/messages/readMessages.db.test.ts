import { expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { pageOfMessages } from './readMessages.ts';

const stores = useStores();

const insertMessages = pgQuery({
  name: 'test.insertMessagesToList',
  params: { workspace: 'int4', channel: 'text', state: 'text', reason: 'text?', now: 'timestamptz' },
  row: {},
  text: `
    insert into communicate.message (workspace_id, profile_id, dedupe_key, channel, purpose, kind, origin, origin_id, state, reason,
      address, due_at, created_at)
    select :workspace, 1, 'test/' || gen_random_uuid(), :channel, 'marketing', 'marketing', 'campaign', '7', :state, :reason,
      'a@example.fr', :now, :now`,
});

it('lists messages by state, channel and reason, of everybody, a person or a campaign', async () => {
  const { id: workspace } = await createWorkspace(stores);
  const now = stores.clock.now();
  for (const [channel, state, reason] of [
    ['email', 'sent', null],
    ['email', 'skipped', 'no_consent'],
    ['sms', 'skipped', 'no_consent'],
    ['sms', 'skipped', 'no_address'],
  ] as const)
    await stores.pg.run(insertMessages, { workspace, channel, state, reason, now });
  for (const whose of [{}, { campaign: '7' }]) {
    const count = async (asked: object) =>
      (await pageOfMessages(stores.pg, workspace, { ...whose, ...asked }, false)).items.length;
    expect(await count({})).toBe(4);
    expect(await count({ state: 'skipped' })).toBe(3);
    expect(await count({ channel: 'sms' })).toBe(2);
    expect(await count({ reason: 'no_consent' })).toBe(2);
    expect(await count({ state: 'skipped', channel: 'sms', reason: 'no_address' })).toBe(1);
    expect(await count({ channel: 'webpush' })).toBe(0);
  }
});
