import { type Config, Fault } from '../platform/index.ts';

/**
 * What a process does: `api` takes requests, `worker` runs the pipeline and the jobs, `scheduler` starts recurring jobs.
 * By default one process does all three; beyond one machine each runs as often as needed on shared engines.
 */
export const roles = ['api', 'worker', 'scheduler'] as const;
export type Role = (typeof roles)[number];

/** Throws when a process would do a part only, but keeps its engines to itself. */
export function readRoles(
  wanted: readonly string[],
  config: Pick<Config, 'databaseUrl' | 'clickhouseUrl'>,
): ReadonlySet<Role> {
  const chosen = new Set(roles.filter((role) => wanted.length === 0 || wanted.includes(role)));
  const unknown = wanted.filter((role) => !roles.some((known) => known === role));
  if (unknown.length > 0) {
    throw new Fault(
      'invalid',
      'app.unknown_role',
      `--role ${unknown.join(', ')} is unknown; roles are ${roles.join(', ')}.`,
    );
  }
  const shared = config.databaseUrl !== undefined && config.clickhouseUrl !== undefined;
  if (chosen.size < roles.length && !shared) {
    throw new Fault(
      'invalid',
      'app.roles_need_shared_engines',
      'A process with only some roles needs engines it shares with the others: set DATABASE_URL and CLICKHOUSE_URL.',
    );
  }
  return chosen;
}
