import { holdoutReportSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { experimentIdOf } from '../experiments/readExperiments.ts';
import { readGlobalHoldout, readLocalHoldout } from './readHoldout.ts';

const tags = ['Experiments'];
const config = { access: 'experience.read' } as const;
const response = { 200: holdoutReportSchema };

/** What withholding tells: of everything that is tried, and of one experiment. */
export function registerHoldoutRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock'>): void {
  app.get(
    '/api/v1/experiment-holdout',
    {
      config,
      schema: {
        tags,
        summary: 'What people held out of every experiment bought, against all others',
        description:
          'Since the share was last changed. Every known customer counts, whether they came back or not: whoever gets more messages comes more often, so visitors alone would be unlike.',
        response,
      },
    },
    (request) => readGlobalHoldout(deps, principalOf(request).workspaceId),
  );
  app.get(
    '/api/v1/experiments/:id/holdout',
    {
      config,
      schema: {
        tags,
        summary: 'The same for those held out of one experiment on messages, journeys or recommendations',
        params: z.object({ id: z.string().max(40) }),
        response,
      },
    },
    (request) => readLocalHoldout(deps, principalOf(request).workspaceId, experimentIdOf(request.params.id)),
  );
}
