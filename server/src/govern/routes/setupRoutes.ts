import { setupRequestSchema, setupResponseSchema, setupStatusSchema } from '@vitrail/contracts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import type { Govern } from '../govern.ts';
import { isSetupNeeded, setUp } from '../workspaces/setUp.ts';

export function registerSetupRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>, govern: Govern): void {
  app.get(
    '/api/v1/setup',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Whether the first owner still has to be made',
        tags: ['govern'],
        response: { 200: setupStatusSchema },
      },
    },
    async () => ({ needed: await isSetupNeeded(deps.pg) }),
  );

  app.post(
    '/api/v1/setup',
    {
      config: { access: 'public', guessable: true },
      schema: {
        summary: 'Make the first owner and workspace (once)',
        tags: ['govern'],
        body: setupRequestSchema,
        response: { 201: setupResponseSchema },
      },
    },
    async (request, reply) => {
      const { accounts, provisioning } = govern;
      return reply.code(201).send(await setUp({ ...deps, accounts, provisioning }, request.body));
    },
  );
}
