import {
  channelSchema,
  type SandboxListItem,
  type SandboxMessage,
  sandboxListSchema,
  sandboxMessageSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../../collect/index.ts';
import { isMasked, principalOf } from '../../../govern/index.ts';
import {
  type Deps,
  decodeCursor,
  encodeCursor,
  Fault,
  type HttpApp,
  objectOf,
  type PgRow,
} from '../../../platform/index.ts';
import { findSandboxMessage, listSandboxMessages } from '../sql/storedMessages.pg.ts';

const tags = ['Sandbox'];
const position = z.tuple([z.iso.datetime(), z.number().int()]);
const listQuery = z.object({
  channel: channelSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const hidden = '•••';
type Row = PgRow<typeof listSandboxMessages.row>;

/** What stands for a message in a list: its subject, or how it begins. */
function titleOf(row: Row): string {
  const { subject, title, body, template } = objectOf(row.content);
  const text = [subject, title, body, template].find((value) => typeof value === 'string');
  return (text ?? JSON.stringify(body ?? row.content)).slice(0, 200);
}

const show = (row: Row, masked: boolean): SandboxListItem => ({
  id: String(row.message_id),
  channel: channelSchema.parse(row.channel),
  to: masked ? hidden : row.address,
  title: masked ? hidden : titleOf(row),
  profile: row.profile_id === null ? null : encodeProfileId(row.profile_id),
  at: row.at.toISOString(),
});

/** What the sandbox kept in place of sending it. */
export function registerSandboxRoutes(app: HttpApp, deps: Pick<Deps, 'pg'>): void {
  app.get(
    '/api/v1/sandbox-messages',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'List messages the sandbox took',
        querystring: listQuery,
        response: { 200: sandboxListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { channel, cursor, limit } = request.query;
      const from = cursor === undefined ? null : decodeCursor(cursor, position);
      const rows = await deps.pg.rows(listSandboxMessages, {
        workspace: principal.workspaceId,
        channel: channel ?? null,
        beforeAt: new Date(from?.[0] ?? '9999-01-01T00:00:00Z'),
        beforeId: from?.[1] ?? 0,
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const more = rows.length > limit && last !== undefined;
      return {
        items: page.map((row) => show(row, isMasked(principal))),
        next: more ? encodeCursor([last.at.toISOString(), last.message_id]) : null,
      };
    },
  );

  app.get(
    '/api/v1/sandbox-messages/:id',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Read a message as the person would have seen it',
        params: z.object({ id: z.string().max(20) }),
        response: { 200: sandboxMessageSchema },
      },
    },
    async (request): Promise<SandboxMessage> => {
      const principal = principalOf(request);
      const { id } = request.params;
      const row = /^\d{1,15}$/.test(id)
        ? await deps.pg.row(findSandboxMessage, { workspace: principal.workspaceId, id: Number(id) })
        : null;
      if (row === null)
        throw new Fault('not_found', 'communicate.no_sandbox_message', 'The sandbox has no such message.');
      if (isMasked(principal))
        throw new Fault(
          'forbidden',
          'communicate.masked',
          'Reading messages to people needs the permission personal.read.',
        );
      return { ...show(row, false), content: sandboxMessageSchema.shape.content.parse(row.content) };
    },
  );
}
