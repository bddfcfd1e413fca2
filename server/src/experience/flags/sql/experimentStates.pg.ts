import { pgQuery } from '../../../platform/index.ts';

/** Whether the experiments that flags ask about run. Index experiment_key. */
export const listExperimentStates = pgQuery({
  name: 'experience.listExperimentStates',
  params: { workspace: 'int4', keys: 'text[]' },
  row: { key: 'text', state: 'text', kind: 'text' },
  text: `select key, state, kind from experience.experiment where workspace_id = :workspace and key = any(:keys)`,
});
