import type { Ch } from './clickhouse/index.ts';
import type { Clock } from './clock.ts';
import type { Jobs } from './jobs/types.ts';
import type { Log } from './log.ts';
import type { PgStore } from './postgres/index.ts';

/** What every room is given; built once in `app/`. A function takes only the parts it uses (`Pick<Deps, 'pg'>`). */
export interface Deps {
  readonly pg: PgStore;
  readonly ch: Ch;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Log;
  /** Files of ours that are not in a database: uploads in progress, report downloads. Private to this uid. */
  readonly filesDir: string;
}
