import type { Deps, Json } from '../../platform/index.ts';
import { deleteStoredMessagesOf, listInboxMessagesOf } from './sql/storedMessages.pg.ts';

/** Messages kept for a person on the shop's own pages. */
export async function exportStoredMessages(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  profiles: readonly number[],
): Promise<{ readonly inbox: readonly Json[] }> {
  const rows = await pg.rows(listInboxMessagesOf, { workspace, profiles });
  return {
    inbox: rows.map(({ message_id, content, at }) => ({ id: String(message_id), content, at: at.toISOString() })),
  };
}

/** What the sandbox and the shop's pages hold of a person. Before the messages themselves, by which it is found. */
export async function eraseStoredMessages(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  profiles: readonly number[],
): Promise<{ readonly storedMessages: number }> {
  return { storedMessages: await pg.run(deleteStoredMessagesOf, { workspace, profiles }) };
}
