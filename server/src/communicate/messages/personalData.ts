import type { Deps, Json } from '../../platform/index.ts';
import { deleteMessagesOf, listHeldMessages } from './sql/reading.pg.ts';

/** Messages of a person, with what came of them. */
export async function exportMessages(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  profiles: readonly number[],
): Promise<{ readonly messages: readonly Json[] }> {
  const rows = await pg.rows(listHeldMessages, { workspace, profiles });
  return {
    messages: rows.map(({ id, created_at, sent_at, ...row }) => ({
      ...row,
      id: String(id),
      created_at: created_at.toISOString(),
      sent_at: sent_at?.toISOString() ?? null,
    })),
  };
}

export async function eraseMessages(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  profiles: readonly number[],
): Promise<{ readonly messages: number }> {
  return { messages: (await pg.row(deleteMessagesOf, { workspace, profiles }))?.messages ?? 0 };
}
