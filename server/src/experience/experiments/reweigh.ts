import { experimentRequestSchema } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { getExperimentRow } from './readExperiments.ts';
import { readStanding } from './readResults.ts';
import { insertPhase, listBandits, listPhases } from './sql/phases.pg.ts';

type ReweighDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

const hourMs = 3_600_000;
const periodMs = { hour: hourMs, day: 24 * hourMs } as const;
/** A job begins a little late: a phase lasts its period less this. */
const slackMs = 300_000;
/** Fewer people in any variation tell nothing worth following. */
const fewestPeople = 50;

/**
 * Reckons how a bandit shares out those who come from now on, once its period is over. What was reckoned before stays; who was
 * given something keeps it. A repeat, or a second process, finds the phase written and leaves it.
 */
export async function reweigh(deps: ReweighDeps, workspace: number, id: number): Promise<'done' | 'early' | 'too_few'> {
  const row = await getExperimentRow(deps.pg, workspace, id);
  const definition = experimentRequestSchema.parse(row.definition);
  const phases = await deps.pg.rows(listPhases, { workspace, id, version: row.bucket_version });
  const last = phases.at(-1);
  const since = last?.at ?? row.started_at;
  const now = deps.clock.now();
  if (row.state !== 'running' || definition.allocation !== 'bandit' || since === null) return 'early';
  if (now.getTime() - since.getTime() < periodMs[definition.bandit.every] - slackMs) return 'early';
  const { weights, people } = await readStanding(deps, workspace, row);
  if (people.some((count) => count < fewestPeople)) return 'too_few';
  const written = await deps.pg.row(insertPhase, {
    workspace,
    id,
    version: row.bucket_version,
    phase: (last?.phase ?? 0) + 1,
    weights,
    people,
    at: now,
  });
  return written === null ? 'early' : 'done';
}

/** Every hour, for those whose period is over. One that cannot be reckoned holds up no other. */
export function defineExperimentJobs(deps: ReweighDeps & Pick<Deps, 'jobs'>): void {
  const reweighOne = 'experience.reweighBandit';
  deps.jobs.define<{ workspace: number; id: number }>({
    name: reweighOne,
    expireSeconds: 300,
    async run({ workspace, id }) {
      const outcome = await reweigh(deps, workspace, id);
      return outcome === 'done' ? { done: true } : { skipped: outcome };
    },
  });
  deps.jobs.define({
    name: 'experience.reweighBandits',
    cron: '7 * * * *',
    async run() {
      for (const { workspace_id: workspace, id } of await deps.pg.rows(listBandits, {}))
        await deps.jobs.send(reweighOne, { workspace, id }, { key: `${workspace} ${id}` });
      return { done: true };
    },
  });
}
