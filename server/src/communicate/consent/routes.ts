import { Readable } from 'node:stream';
import {
  consentBatchSchema,
  consentRequestSchema,
  consentResultsSchema,
  ledgerCheckSchema,
  profileConsentsSchema,
  purposeListSchema,
  purposesChangeSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { getCustomer } from '../../unify/index.ts';
import type { ConsentDeps } from './changeConsents.ts';
import { requireSweep } from './deriveConsents.ts';
import { checkLedger, exportLedger } from './exportLedger.ts';
import { sweepSoon } from './jobs.ts';
import type { Links } from './linkTokens.ts';
import { postConsents } from './postConsents.ts';
import { loadPurposes, savePurposes } from './purposes.ts';
import { readConsents } from './readConsents.ts';
import { registerSuppressionRoutes } from './suppression/routes.ts';

const tags = ['Consent'];

/** Consents: record, read, prove; purposes; addresses nothing goes to. */
export function registerConsentRoutes(app: HttpApp, deps: ConsentDeps & Pick<Deps, 'jobs'> & { links: Links }): void {
  registerLedgerRoutes(app, deps);
  registerPurposeRoutes(app, deps);
  registerSuppressionRoutes(app, deps);
}

function registerLedgerRoutes(app: HttpApp, deps: ConsentDeps & { links: Links }): void {
  app.post(
    '/api/v1/consents',
    {
      config: { access: 'consent.write' },
      schema: {
        tags,
        summary: 'Record what people allowed or refused',
        description:
          'One statement, or up to 1,000 as `items`. A refusal takes back queued marketing messages at once. With `state: "pending"` the person is asked by e-mail to confirm.',
        body: z.union([consentBatchSchema, consentRequestSchema]),
        response: { 200: consentResultsSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const by = {
        workspace: principal.workspaceId,
        actor: `${principal.kind}:${principal.id}`,
        source: principal.kind === 'user' ? ('console' as const) : ('api' as const),
      };
      const { body } = request;
      const items = await postConsents(deps, by, 'items' in body ? body.items : [body]);
      const [only] = items;
      if (!('items' in body) && only?.problem === 'profile_not_found')
        throw new Fault(
          'not_found',
          'communicate.profile_not_found',
          'There is nobody with this id or identifier in this workspace.',
        );
      return { items };
    },
  );

  app.get(
    '/api/v1/profiles/:id/consents',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'What a customer allows, why, and every statement that led there',
        params: z.object({ id: z.string().max(40) }),
        querystring: z.object({ cursor: z.string().max(200).optional() }),
        response: { 200: profileConsentsSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const customer = await getCustomer(deps.pg, workspace, request.params.id);
      const { cursor } = request.query;
      const answer = await readConsents(deps.pg, {
        workspace,
        profiles: customer.rowIds,
        now: deps.clock.now(),
        cursor,
      });
      if (!isMasked(principal)) return answer;
      const hidden = answer.ledger.items.map((entry) => ({ ...entry, proof: {} }));
      return {
        ...answer,
        suppressed: answer.suppressed.map((each) => ({ ...each, value: '•••' })),
        ledger: { ...answer.ledger, items: hidden },
      };
    },
  );

  app.get(
    '/api/v1/consents/export',
    {
      config: { access: 'export.read' },
      schema: {
        tags,
        summary: 'The whole ledger of consents, hash-chained, one JSON object a line',
        description:
          '`hash` is SHA-256 of the hash before it and `contentHash`; `contentHash` is SHA-256 of `salt` and the content (see the reference). Entries of erased people keep only their hashes.',
        produces: ['application/x-ndjson'],
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      if (isMasked(principal))
        throw new Fault(
          'forbidden',
          'communicate.ledger_personal',
          'This needs the permission `personal.read` as well.',
        );
      return reply
        .header('content-disposition', 'attachment; filename="consents.ndjson"')
        .type('application/x-ndjson; charset=utf-8')
        .serializer((text: string) => text)
        .send(Readable.from(exportLedger(deps.pg, principal.workspaceId)));
    },
  );

  app.get(
    '/api/v1/consents/check',
    {
      config: { access: 'audit.read' },
      schema: {
        tags,
        summary: 'Follow the chain of the ledger: was an entry changed or removed?',
        response: { 200: ledgerCheckSchema },
      },
    },
    (request) => checkLedger(deps.pg, principalOf(request).workspaceId),
  );
}

function registerPurposeRoutes(app: HttpApp, deps: ConsentDeps & Pick<Deps, 'jobs'>): void {
  app.get(
    '/api/v1/purposes',
    {
      config: { access: 'settings.read' },
      schema: { tags, summary: 'What people are asked for', response: { 200: purposeListSchema } },
    },
    async (request) => ({ items: [...(await loadPurposes(deps.pg, principalOf(request).workspaceId))] }),
  );

  app.put(
    '/api/v1/purposes',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Change what people are asked for, and what lets a message out',
        description:
          'Purposes of your own that are left out are removed; built-in ones keep their settings. Statements of sources under new categories are taken into the ledger soon after.',
        body: purposesChangeSchema,
        response: { 200: purposeListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      await deps.pg.transaction(async (tx) => {
        await savePurposes(tx, workspace, request.body.items);
        await requireSweep(tx, workspace);
        await recordAudit(tx, deps, {
          workspaceId: workspace,
          actor: actorOf(principal),
          action: 'purposes.changed',
          target: 'purposes',
          details: { purposes: request.body.items.map(({ name }) => name) },
        });
      });
      await sweepSoon(deps);
      return { items: [...(await loadPurposes(deps.pg, workspace))] };
    },
  );
}
