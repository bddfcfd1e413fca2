import {
  messageListQuerySchema,
  messagePageSchema,
  messageRequestSchema,
  messageSchema,
  sendingRulesSchema,
  usualRules,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf, recordAudit } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { getMessage, pageOfMessages } from './readMessages.ts';
import { sendMessage } from './sendMessage.ts';
import { readRules, writeRules } from './sql/reading.pg.ts';

const tags = ['Messages'];

/** Messages one by one, and the rules all marketing keeps to. */
export function registerMessageRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/messages',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'List messages, the newest first',
        querystring: messageListQuerySchema,
        response: { 200: messagePageSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      return pageOfMessages(deps.pg, principal.workspaceId, request.query, isMasked(principal));
    },
  );

  app.post(
    '/api/v1/messages',
    {
      config: { access: 'messages.send' },
      schema: {
        tags,
        summary: 'Send one message to one person',
        description:
          'Answers once the message is stored for good; it leaves within a second or two. Repeat with the same key as often as you like.',
        body: messageRequestSchema,
        response: { 202: messageSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const id = await sendMessage(deps, { workspace, actor: actorOf(principal) }, request.body);
      return reply.code(202).send(await getMessage(deps.pg, workspace, String(id), isMasked(principal)));
    },
  );

  app.get(
    '/api/v1/messages/:id',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Read a message: where it stands and why',
        params: z.object({ id: z.string().max(40) }),
        response: { 200: messageSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      return getMessage(deps.pg, principal.workspaceId, request.params.id, isMasked(principal));
    },
  );

  app.get(
    '/api/v1/sending-rules',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Read frequency caps, quiet hours and the holdout',
        response: { 200: sendingRulesSchema },
      },
    },
    async (request) => {
      const row = await deps.pg.row(readRules, { workspace: principalOf(request).workspaceId });
      return row === null ? usualRules : sendingRulesSchema.parse(row.rules);
    },
  );

  app.put(
    '/api/v1/sending-rules',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Set frequency caps, quiet hours and the holdout',
        description: 'Counts from the next decision on, also for messages that are queued.',
        body: sendingRulesSchema,
        response: { 200: sendingRulesSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      await deps.pg.transaction(async (tx) => {
        await tx.run(writeRules, {
          workspace: principal.workspaceId,
          rules: request.body,
          now: deps.clock.now(),
        });
        await recordAudit(tx, deps, {
          workspaceId: principal.workspaceId,
          actor: actorOf(principal),
          action: 'sending_rules.changed',
          target: 'sending rules',
        });
      });
      return request.body;
    },
  );
}
