import { blockedValuesSchema, namespaceRulesSchema } from '@vitrail/contracts';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { listBuiltInBlocked } from './blockedValues.ts';
import { listBlocked, listRules, saveBlocked, saveRules } from './editRules.ts';

/** Namespaces of identifiers, and values that identify nobody. */
export function registerIdentityRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  const identityTags = ['Identity'];
  app.get(
    '/api/v1/identity/namespaces',
    {
      config: { access: 'settings.read' },
      schema: {
        tags: identityTags,
        summary: 'List identifier namespaces, strongest first',
        response: { 200: namespaceRulesSchema },
      },
    },
    async (request) => ({ items: await listRules(deps.pg, principalOf(request).workspaceId) }),
  );
  app.put(
    '/api/v1/identity/namespaces',
    {
      config: { access: 'identity.write' },
      schema: {
        tags: identityTags,
        summary: 'Change priorities, limits and sharing of namespaces',
        body: namespaceRulesSchema,
        response: { 200: namespaceRulesSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      return { items: await saveRules(deps, principal.workspaceId, request.body.items, actorOf(principal)) };
    },
  );
  app.get(
    '/api/v1/identity/blocked-values',
    {
      config: { access: 'settings.read' },
      schema: {
        tags: identityTags,
        summary: 'List values that identify nobody',
        response: { 200: blockedValuesSchema },
      },
    },
    async (request) => ({
      items: await listBlocked(deps.pg, principalOf(request).workspaceId),
      builtIn: listBuiltInBlocked(),
    }),
  );
  app.put(
    '/api/v1/identity/blocked-values',
    {
      config: { access: 'identity.write' },
      schema: {
        tags: identityTags,
        summary: 'Replace the list of values that identify nobody',
        body: blockedValuesSchema.pick({ items: true }),
        response: { 200: blockedValuesSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const items = await saveBlocked(deps, principal.workspaceId, request.body.items, actorOf(principal));
      return { items, builtIn: listBuiltInBlocked() };
    },
  );
}
