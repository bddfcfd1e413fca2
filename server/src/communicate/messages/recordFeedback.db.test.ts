import { feedbackKinds } from '@vitrail/contracts';
import { expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { recordFeedback } from './recordFeedback.ts';

const insertSent = pgQuery({
  name: 'test.recordFeedback.insertSent',
  params: { workspace: 'int4', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    insert into communicate.message (workspace_id, profile_id, dedupe_key, channel, purpose, kind, origin, origin_id, step,
      variant, provider, address, state, due_at, created_at, sent_at)
    values (:workspace, 1, 'one', 'webpush', 'marketing', 'marketing', 'api', '', '', '', 'vapid', 'somewhere', 'sent', :at, :at, :at)
    returning id`,
});
const listNews = pgQuery({
  name: 'test.recordFeedback.listNews',
  params: { workspace: 'int4' },
  row: { kind: 'text' },
  text: `select kind from communicate.feedback where workspace_id = :workspace order by kind`,
});

const stores = useStores();

it('news of one message that come at the same moment are all taken, each once', async () => {
  const { id: workspace } = await createWorkspace(stores);
  const now = stores.clock.now();
  const message = (await stores.pg.row(insertSent, { workspace, at: now }))?.id ?? 0;
  const kinds = feedbackKinds.filter((kind) => kind !== 'bounced' && kind !== 'complained');
  const tell = (kind: (typeof kinds)[number]): Promise<number> =>
    stores.pg.transaction((tx) =>
      recordFeedback(tx, {
        workspace,
        now,
        news: [{ message, kind, at: now, dedupeKey: 'browser', machine: false, detail: {} }],
      }),
    );
  const taken = await Promise.all([...kinds, ...kinds, ...kinds].map(tell));
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(kinds.length);
  expect((await stores.pg.rows(listNews, { workspace })).map(({ kind }) => kind)).toEqual([...kinds].sort());
});
