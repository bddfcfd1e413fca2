import type { MessageRequest } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { findHolder, findRoots } from '../../unify/index.ts';
import { findTemplateVersions } from '../campaigns/sql/freeze.pg.ts';
import { enqueueMessages } from './enqueueMessages.ts';
import { profileOf } from './readMessages.ts';

/**
 * One message to one person, for a program: an order, a password, something that waits for nobody. The idempotency key makes a
 * repeat answer the first one. Throws `Fault` for a person or template that does not exist.
 */
export async function sendMessage(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, actor }: { readonly workspace: number; readonly actor: Actor },
  request: MessageRequest,
): Promise<number> {
  return deps.pg.transaction(async (tx) => {
    const profile =
      request.profile !== undefined
        ? profileOf(request.profile)
        : (await findHolder(tx, workspace, [request.identifier ?? '']))[0];
    const known =
      profile === undefined || profile === null ? [] : await tx.rows(findRoots, { workspace, profiles: [profile] });
    if (profile === undefined || profile === null || known.length === 0)
      throw new Fault('not_found', 'unify.profile_unknown', 'There is no such customer in this workspace.');
    const id = /^[1-9]\d{0,8}$/.test(request.template) ? Number(request.template) : 0;
    const [template] = await tx.rows(findTemplateVersions, { workspace, ids: [id] });
    if (template === undefined)
      throw new Fault(
        'invalid',
        'communicate.template_unknown',
        `There is no template ${request.template} in this workspace.`,
      );
    if (template.channel !== request.channel)
      throw new Fault(
        'invalid',
        'communicate.template_of_other_channel',
        `The template “${template.name}” is written for ${template.channel}, not for ${request.channel}.`,
      );
    const now = deps.clock.now();
    const [message] = await enqueueMessages(tx, {
      workspace,
      now,
      wishes: [
        {
          profile,
          dedupeKey: `api/${request.idempotencyKey}`,
          channel: request.channel,
          purpose: request.purpose,
          kind: request.kind,
          priority: 0,
          template: { id: template.id, version: template.version },
          origin: { kind: 'api', id: '' },
          variables: request.variables,
          dueAt: request.sendAt === undefined ? now : new Date(request.sendAt),
        },
      ],
    });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'message.asked',
      target: `message ${message ?? 0}`,
      details: { template: request.template, kind: request.kind },
    });
    return message ?? 0;
  });
}
