import type { Deps } from '../../platform/index.ts';
import { cleanImports } from './run/cleanImports.ts';
import { cleanJobName, resumeJobName, runJobName } from './run/jobNames.ts';
import { type ImportDeps, runImport } from './run/runImport.ts';
import { listStalled } from './sql/imports.pg.ts';

type RunPayload = { readonly id: string };

/** Registers the imports' background work; call before the jobs start. */
export function defineImportJobs(deps: ImportDeps & Pick<Deps, 'jobs'>): void {
  deps.jobs.define<RunPayload>({
    name: runJobName,
    concurrency: 2,
    retries: 8,
    run: ({ id }, signal) => runImport(deps, id, signal),
  });
  deps.jobs.define<Record<never, never>>({
    name: resumeJobName,
    cron: '* * * * *',
    run: async () => {
      await resumeStalledImports(deps);
      return { done: true };
    },
  });
  deps.jobs.define<Record<never, never>>({
    name: cleanJobName,
    cron: '17 3 * * *',
    run: async () => {
      await cleanImports(deps);
      return { done: true };
    },
  });
}

/** Queues the imports that should be running and are not. Call once after the jobs have started; a job repeats it. */
export async function resumeStalledImports(deps: Pick<Deps, 'pg' | 'jobs'>): Promise<number> {
  const stalled = await deps.pg.rows(listStalled, {});
  for (const { id } of stalled) await deps.jobs.send(runJobName, { id }, { key: id });
  return stalled.length;
}
