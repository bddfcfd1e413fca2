import {
  channelSchema,
  type Message,
  messageKinds,
  type messageListQuerySchema,
  messageSchema,
  messageStateSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { decodeCursor, encodeCursor, Fault, type Pg, type PgRow } from '../../platform/index.ts';
import { findRoots, readSummaries } from '../../unify/index.ts';
import { findMessage, listMessages, listOriginMessages, listPersonMessages } from './sql/reading.pg.ts';

const pageSize = 50;
const cursorSchema = z.tuple([z.int(), z.int()]);
const feedbackSchema = messageSchema.shape.feedback;

const noMessage = (): Fault =>
  new Fault('not_found', 'communicate.message_unknown', 'There is no such message in this workspace.');

/** Throws `not_found`. `masked`: without the address. */
export async function getMessage(pg: Pg, workspace: number, text: string, masked: boolean): Promise<Message> {
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
  const row = await pg.row(findMessage, { workspace, id });
  if (row === null) throw noMessage();
  const [message] = await toMessages(pg, workspace, [row], masked);
  if (message === undefined) throw noMessage();
  return message;
}

/** Newest first: of a person, a campaign, a journey, or all. */
export async function pageOfMessages(
  pg: Pg,
  workspace: number,
  query: z.output<typeof messageListQuerySchema>,
  masked: boolean,
): Promise<{ items: Message[]; next: string | null }> {
  const [at, beforeId] =
    query.cursor === undefined
      ? [Date.UTC(9999, 0), Number.MAX_SAFE_INTEGER]
      : decodeCursor(query.cursor, cursorSchema);
  const { state = '', channel = '', reason = '' } = query;
  const page = { workspace, beforeId, state, channel, reason, limit: pageSize + 1 };
  const before = new Date(at);
  const rows = await (query.profile !== undefined
    ? pg.rows(listPersonMessages, { ...page, before, profile: profileOf(query.profile) })
    : query.campaign !== undefined
      ? pg.rows(listOriginMessages, { ...page, origin: 'campaign', origin_id: query.campaign })
      : query.journey !== undefined
        ? pg.rows(listOriginMessages, { ...page, origin: 'journey', origin_id: query.journey })
        : pg.rows(listMessages, { ...page, before }));
  const items = await toMessages(pg, workspace, rows.slice(0, pageSize), masked);
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
  return { items, next: last === undefined ? null : encodeCursor([last.created_at.getTime(), last.id]) };
}

/** Throws `not_found` for a text that is no id of a profile. */
export function profileOf(text: string): number {
  const id = decodeProfileId(text);
  if (id === null)
    throw new Fault('not_found', 'unify.profile_unknown', 'There is no such customer in this workspace.');
  return id;
}

type MessageRow = PgRow<typeof findMessage.row>;

async function toMessages(pg: Pg, workspace: number, rows: readonly MessageRow[], masked: boolean): Promise<Message[]> {
  const profiles = [...new Set(rows.map(({ profile_id }) => profile_id))];
  const found = await pg.rows(findRoots, { workspace, profiles });
  const rootOf = new Map(found.map(({ id, root_id }) => [id, root_id]));
  const people = masked ? null : await readSummaries(pg, workspace, [...new Set(rootOf.values())]);
  return rows.map((row) => {
    const profile = encodeProfileId(rootOf.get(row.profile_id) ?? row.profile_id);
    return toMessage(row, { profile, name: people?.get(profile)?.name ?? null, masked });
  });
}

const toMessage = (
  row: MessageRow,
  { profile, name, masked }: { profile: string; name: string | null; masked: boolean },
): Message => ({
  id: String(row.id),
  profile,
  name,
  channel: channelSchema.parse(row.channel),
  purpose: row.purpose,
  kind: z.enum(messageKinds).parse(row.kind),
  template: row.template_id === null ? null : String(row.template_id),
  templateName: row.template_name,
  variant: row.variant,
  origin: { kind: row.origin, id: row.origin_id, step: row.step, name: row.origin_name },
  state: messageStateSchema.parse(row.state),
  reason: row.reason,
  detail: masked ? '' : row.detail,
  address: masked ? null : row.address,
  dueAt: row.due_at.toISOString(),
  createdAt: row.created_at.toISOString(),
  decidedAt: row.decided_at?.toISOString() ?? null,
  sentAt: row.sent_at?.toISOString() ?? null,
  attempts: row.attempts,
  provider: row.provider,
  feedback: feedbackSchema.parse(row.feedback),
});
