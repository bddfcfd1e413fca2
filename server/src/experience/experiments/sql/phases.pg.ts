import { pgQuery } from '../../../platform/index.ts';

/** The newest weights of each bandit that runs. Few rows: one for each. */
export const listNewestWeights = pgQuery({
  name: 'experience.listNewestWeights',
  params: { workspace: 'int4' },
  row: { id: 'int4', weights: 'float8[]' },
  text: `
    select distinct on (experiment.id) experiment.id, phase.weights
    from experience.experiment
    join experience.phase on phase.workspace_id = :workspace and phase.experiment_id = experiment.id
      and phase.bucket_version = experiment.bucket_version
    where experiment.workspace_id = :workspace and experiment.state = 'running'
    order by experiment.id, phase.phase desc`,
});

/** Every phase of a run, the first first. Primary key. */
export const listPhases = pgQuery({
  name: 'experience.listPhases',
  params: { workspace: 'int4', id: 'int4', version: 'int4' },
  row: { phase: 'int4', at: 'timestamptz', weights: 'float8[]', people: 'int8[]' },
  text: `
    select phase, at, weights, people from experience.phase
    where workspace_id = :workspace and experiment_id = :id and bucket_version = :version
    order by phase`,
});

/** The next phase, if it still runs as it did; of two who write it the first stays. Primary keys. */
export const insertPhase = pgQuery({
  name: 'experience.insertPhase',
  params: {
    workspace: 'int4',
    id: 'int4',
    version: 'int4',
    phase: 'int4',
    weights: 'float8[]',
    people: 'int8[]',
    at: 'timestamptz',
  },
  row: { phase: 'int4' },
  text: `
    insert into experience.phase (workspace_id, experiment_id, bucket_version, phase, at, weights, people)
    select :workspace, :id, :version, :phase, :at, :weights, :people
    from experience.experiment
    where workspace_id = :workspace and id = :id and state = 'running' and bucket_version = :version
    on conflict do nothing
    returning phase`,
});

/** Bandits that run anywhere. Few rows: experiments are few. */
export const listBandits = pgQuery({
  name: 'experience.listBandits',
  params: {},
  row: { workspace_id: 'int4', id: 'int4' },
  text: `
    select workspace_id, id from experience.experiment
    where state = 'running' and definition ->> 'allocation' = 'bandit'
    order by workspace_id, id`,
});
