import { type ExperimentRequest, experimentRequestSchema } from '@vitrail/contracts';
import { beginExperiment, createExperiment } from '../src/experience/experiments/changeExperiments.ts';
import { chQuery } from '../src/platform/index.ts';
import type { TestDeps } from './stores.ts';

export const experimentBy = (workspace: { readonly id: number }) =>
  ({ workspace: workspace.id, actor: { kind: 'system', id: 'test' } }) as const;

/** An experiment as it may be sent: half and half, by who orders. */
export const experimentRequest = (over: object = {}): ExperimentRequest =>
  experimentRequestSchema.parse({
    key: 'tried',
    name: 'Tried',
    kind: 'message',
    variations: [
      { key: 'control', name: 'As it is', weight: 0.5 },
      { key: 'big', name: 'Big', weight: 0.5 },
    ],
    metrics: [{ key: 'buyers', name: 'Buyers', type: 'share', measure: { of: 'orders' }, role: 'primary' }],
    ...over,
  });

/** Makes and starts one. */
export async function runExperiment(
  deps: TestDeps,
  workspace: { readonly id: number },
  over: object = {},
): Promise<number> {
  const id = await createExperiment(deps, experimentBy(workspace), experimentRequest(over));
  await beginExperiment(deps, experimentBy(workspace), id);
  return id;
}

/** What was told of exposures: row and variation. */
export const listExposures = chQuery({
  name: 'test.listExposures',
  params: { workspace: 'UInt32', experiment: 'String' },
  row: { profile_id: 'UInt64', variation: 'String' },
  text: `select profile_id, JSONExtractString(properties, 'variation_id') as variation from events
    where workspace_id = {workspace:UInt32} and event = 'Experiment Viewed' and type = 'track'
      and JSONExtractString(properties, 'experiment_id') = {experiment:String}
    order by profile_id`,
});
