import {
  consoleLanguageSchema,
  mePatchSchema,
  meSchema,
  rolePermissions,
  roleSchema,
  workspacePatchSchema,
  workspaceSchema,
  workspaceSettingsSchema,
} from '@vitrail/contracts';
import { type Deps, Fault, type HttpApp, type PgRow } from '../../platform/index.ts';
import { actorOf, recordAudit } from '../audit/recordAudit.ts';
import type { Govern } from '../govern.ts';
import { personOf, principalOf } from '../principal.ts';
import { listWorkspacesOf, updateLanguage } from '../sql/members.pg.ts';
import { findWorkspace, updateWorkspace } from '../sql/workspaces.pg.ts';
import { createWorkspace } from '../workspaces/createWorkspace.ts';

const answer = (row: PgRow<typeof findWorkspace.row>) => ({
  id: row.id,
  name: row.name,
  baseCurrency: row.base_currency,
  country: row.country,
  timeZone: row.time_zone,
  language: row.language,
  createdAt: row.created_at.toISOString(),
});

const gone = (): Fault => new Fault('not_found', 'govern.no_such_workspace', 'This workspace no longer exists.');

export function registerWorkspaceRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>, govern: Govern): void {
  app.get(
    '/api/v1/me',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'Who is signed in, where, and what they may do',
        tags: ['govern'],
        response: { 200: meSchema },
      },
    },
    async (request) => {
      const user = personOf(request);
      const rows = await deps.pg.rows(listWorkspacesOf, { user: user.id });
      const workspaces = rows.map((row) => {
        const role = roleSchema.parse(row.role);
        return { ...answer(row), role, permissions: [...rolePermissions[role]] };
      });
      const { principal } = request;
      return {
        user,
        workspaces,
        workspaceId: principal?.workspaceId ?? null,
        role: principal?.role ?? null,
        permissions: [...(principal?.permissions ?? [])],
        language: consoleLanguageSchema
          .nullable()
          .parse(rows.find((row) => row.chosen_language)?.chosen_language ?? null),
      };
    },
  );

  app.patch(
    '/api/v1/me',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'Choose the language of the console',
        tags: ['govern'],
        body: mePatchSchema,
        response: { 200: mePatchSchema },
      },
    },
    async (request) => {
      await deps.pg.run(updateLanguage, { user: personOf(request).id, language: request.body.language });
      return request.body;
    },
  );

  app.post(
    '/api/v1/workspaces',
    {
      config: { access: 'users.write' },
      schema: {
        summary: 'Make one more workspace, owned by the caller',
        tags: ['govern'],
        body: workspaceSettingsSchema,
        response: { 201: workspaceSchema },
      },
    },
    async (request, reply) => {
      const made = await createWorkspace({ ...deps, ...govern }, request.body, principalOf(request).id);
      const row = await deps.pg.row(findWorkspace, { workspace: made.id });
      if (row === null) throw gone();
      return reply.code(201).send(answer(row));
    },
  );

  app.get(
    '/api/v1/workspace',
    {
      config: { access: 'settings.read' },
      schema: { summary: 'Settings of the workspace', tags: ['govern'], response: { 200: workspaceSchema } },
    },
    async (request) => {
      const row = await deps.pg.row(findWorkspace, { workspace: principalOf(request).workspaceId });
      if (row === null) throw gone();
      return answer(row);
    },
  );

  app.patch(
    '/api/v1/workspace',
    {
      config: { access: 'settings.write' },
      schema: {
        summary: 'Change settings of the workspace',
        tags: ['govern'],
        body: workspacePatchSchema,
        response: { 200: workspaceSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { name = null, country = null, timeZone = null, language = null } = request.body;
      return deps.pg.transaction(async (tx) => {
        const workspace = principal.workspaceId;
        const row = await tx.row(updateWorkspace, { workspace, name, country, timeZone, language });
        if (row === null) throw gone();
        await recordAudit(tx, deps, {
          workspaceId: workspace,
          actor: actorOf(principal),
          action: 'workspace.changed',
          target: `workspace ${workspace}`,
          details: { fields: Object.keys(request.body) },
        });
        return answer(row);
      });
    },
  );
}
