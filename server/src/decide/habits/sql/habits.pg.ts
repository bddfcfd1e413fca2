import { pgQuery } from '../../../platform/index.ts';

/** The run in use; no row before the first. Primary key. */
export const readHabitRun = pgQuery({
  name: 'decide.readHabitRun',
  params: { workspace: 'int4' },
  row: { run_id: 'int8', at: 'timestamptz', people: 'int4' },
  text: `select run_id, at, people from decide.habit_run where workspace_id = :workspace`,
});

/** A run becomes the one in use; an older one that was slower does not. */
export const useHabitRun = pgQuery({
  name: 'decide.useHabitRun',
  params: { workspace: 'int4', run: 'int8', at: 'timestamptz', people: 'int4' },
  row: { run_id: 'int8' },
  text: `
    insert into decide.habit_run (workspace_id, run_id, at, people) values (:workspace, :run, :at, :people)
    on conflict (workspace_id) do update set run_id = excluded.run_id, at = excluded.at, people = excluded.people
    where habit_run.run_id < excluded.run_id
    returning run_id`,
});
