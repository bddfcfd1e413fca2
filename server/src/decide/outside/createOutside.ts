import type { Reactor } from '../../collect/index.ts';
import type { Deps } from '../../platform/index.ts';
import { markReferences } from '../references/changeReferences.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import { copyStanding, type ReadConsents, recopyCustomers } from './copyStanding.ts';
import { createFileDoor } from './fileDoor.ts';
import { deleteEndedMappings } from './sql/mappings.pg.ts';
import { deleteEndedMembers, listWorkspacesSaid, listWorkspacesWaiting, noteProvider } from './sql/members.pg.ts';
import { deleteRemovedPeople } from './sql/people.ch.ts';
import { listProviders } from './sql/providers.pg.ts';

/** More people than this are not asked one by one: their segments are applied to everyone. */
const mostTouched = 5_000;
const endedAtOnce = 5_000;

export interface OutsideOptions {
  readonly readConsents: ReadConsents;
  /** Asks these customers again for their segments. Repeatable. */
  readonly touch: (workspace: number, profiles: readonly number[]) => Promise<void>;
}

/** Audiences of data partners in one process. */
export type Outside = ReturnType<typeof createOutside>;

export function createOutside(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs' | 'log'>,
  { readConsents, touch }: OutsideOptions,
) {
  const copyDeps = { ...deps, readConsents };

  /** Something a partner says was written: it can be read, and segments follow. Safe to repeat, and after a crash. */
  const follow = async (workspace: number): Promise<void> => {
    const profiles = await copyStanding(copyDeps, workspace);
    if (profiles.length === 0) return;
    if (profiles.length <= mostTouched) {
      await touch(workspace, profiles);
      return;
    }
    for (const { key } of await deps.pg.rows(listProviders, { workspace }))
      await deps.pg.transaction((tx) => markReferences(tx, workspace, { kind: 'outside', id: key }));
    await applySegmentsNow(deps);
  };

  const followAll = async (): Promise<void> => {
    for (const { workspace_id } of await deps.pg.rows(listWorkspacesWaiting, {})) await follow(workspace_id);
  };

  /** What is over goes, in both stores. */
  const expire = async (): Promise<void> => {
    const now = deps.clock.now();
    for (let gone = endedAtOnce; gone === endedAtOnce; )
      gone = (await deps.pg.rows(deleteEndedMembers, { now, limit: endedAtOnce })).length;
    for (let gone = endedAtOnce; gone === endedAtOnce; )
      gone = (await deps.pg.rows(deleteEndedMappings, { now, limit: endedAtOnce })).length;
    await followAll();
    await deps.ch.run(deleteRemovedPeople, {});
  };

  const react: Reactor = async ({ workspaceId, changed }) => recopyCustomers(copyDeps, workspaceId, changed);

  return {
    deps: { ...deps, readConsents, follow },
    /** Consents and merges that a batch brought are in the copy before segments are asked. Repeatable. */
    react,
    follow,
    expire,
    files: createFileDoor(deps, follow),
    defineJobs(): void {
      deps.jobs.define({
        name: 'decide.followOutside',
        // For what a crash left between writing and copying.
        cron: '* * * * *',
        async run() {
          await followAll();
          return { done: true };
        },
      });
      deps.jobs.define({
        name: 'decide.expireOutside',
        cron: '5 * * * *',
        async run() {
          await expire();
          return { done: true };
        },
      });
      deps.jobs.define({
        name: 'decide.recopyOutside',
        // Every night everything is judged again, before the recompute of segments: purposes may have changed.
        cron: '40 1 * * *',
        async run() {
          for (const { workspace_id } of await deps.pg.rows(listWorkspacesSaid, {}))
            await deps.pg.run(noteProvider, { workspace: workspace_id, provider: 0 });
          await followAll();
          return { done: true };
        },
      });
    },
  };
}
