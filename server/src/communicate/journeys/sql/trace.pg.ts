import { pgQuery } from '../../../platform/index.ts';

/** Runs of the customer a profile row belongs to, newest first. Index profile_root, journey_run_person. */
export const listRunsOfPerson = pgQuery({
  name: 'communicate.listRunsOfPerson',
  params: { workspace: 'int4', profile: 'int8', journey: 'int4?' },
  row: {
    id: 'int8',
    journey_id: 'int4',
    name: 'text',
    version: 'int4',
    entry_key: 'text',
    state: 'text',
    node: 'text?',
    due_at: 'timestamptz?',
    entered_at: 'timestamptz',
    goal_at: 'timestamptz?',
    ended_at: 'timestamptz?',
    reason: 'text?',
    context: 'jsonb',
  },
  text: `
    select run.id, run.journey_id, journey.name, run.version, run.entry_key, run.state, run.node, run.due_at,
      run.entered_at, run.goal_at, run.ended_at, run.reason, run.context
    from unify.profile as own
    join unify.profile as member on member.workspace_id = :workspace and member.root_id = own.root_id
    join communicate.journey_run as run on run.workspace_id = :workspace and run.profile_id = member.id
    join communicate.journey on journey.workspace_id = :workspace and journey.id = run.journey_id
    where own.workspace_id = :workspace and own.id = :profile and (:journey is null or run.journey_id = :journey)
    order by run.entered_at desc, run.id desc limit 50`,
});

/** Primary key. */
export const listStepsOf = pgQuery({
  name: 'communicate.listStepsOf',
  params: { workspace: 'int4', runs: 'int8[]' },
  row: {
    run_id: 'int8',
    seq: 'int4',
    at: 'timestamptz',
    node: 'text',
    kind: 'text',
    outcome: 'text',
    to_node: 'text?',
    detail: 'jsonb',
  },
  text: `
    select run_id, seq, at, node, kind, outcome, to_node, detail from communicate.journey_step
    where workspace_id = :workspace and run_id = any(:runs) order by run_id, seq`,
});

/** How the messages of runs stand, by the key under which they were asked for. Index message_once. */
export const listMessagesOfRuns = pgQuery({
  name: 'communicate.listMessagesOfRuns',
  params: { workspace: 'int4', keys: 'text[]' },
  row: { id: 'int8', dedupe_key: 'text', state: 'text', reason: 'text?', detail: 'text' },
  text: `
    select id, dedupe_key, state, reason, detail from communicate.message
    where workspace_id = :workspace and dedupe_key = any(:keys)`,
});

/** Why the customer did not enter, the last time. Index profile_root, primary key. */
export const findRefusal = pgQuery({
  name: 'communicate.findJourneyRefusal',
  params: { workspace: 'int4', profile: 'int8', journey: 'int4' },
  row: { at: 'timestamptz', reason: 'text', detail: 'jsonb' },
  text: `
    select refusal.at, refusal.reason, refusal.detail
    from unify.profile as own
    join unify.profile as member on member.workspace_id = :workspace and member.root_id = own.root_id
    join communicate.journey_refusal as refusal on refusal.workspace_id = :workspace
      and refusal.journey_id = :journey and refusal.profile_id = member.id
    where own.workspace_id = :workspace and own.id = :profile
    order by refusal.at desc limit 1`,
});

/** The rows of the customer a row belongs to. Index profile_root. */
export const listMembers = pgQuery({
  name: 'communicate.listJourneyMembers',
  params: { workspace: 'int4', profile: 'int8' },
  row: { id: 'int8', root_id: 'int8' },
  text: `
    select member.id, member.root_id from unify.profile as own
    join unify.profile as member on member.workspace_id = :workspace and member.root_id = own.root_id
    where own.workspace_id = :workspace and own.id = :profile`,
});

/** People at a step, oldest run first. Index journey_run_place. */
export const listPeopleAt = pgQuery({
  name: 'communicate.listPeopleAt',
  params: { workspace: 'int4', journey: 'int4', node: 'text', after: 'int8', limit: 'int4' },
  row: { id: 'int8', root: 'int8', entry_key: 'text', entered_at: 'timestamptz', due_at: 'timestamptz?' },
  text: `
    select run.id, coalesce(profile.root_id, run.profile_id) as root, run.entry_key, run.entered_at, run.due_at
    from communicate.journey_run as run
    left join unify.profile on profile.workspace_id = :workspace and profile.id = run.profile_id
    where run.workspace_id = :workspace and run.journey_id = :journey and run.node = :node and run.state = 'active'
      and run.id > :after
    order by run.id limit :limit`,
});

/** Everything of these rows, for access and portability. Index journey_run_person. */
export const listHeldRuns = pgQuery({
  name: 'communicate.listHeldRuns',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    journey: 'text',
    entered_at: 'timestamptz',
    ended_at: 'timestamptz?',
    reason: 'text?',
    entry_key: 'text',
    context: 'jsonb',
    steps: 'jsonb',
  },
  text: `
    select journey.name as journey, run.entered_at, run.ended_at, run.reason, run.entry_key, run.context,
      coalesce((
        select jsonb_agg(jsonb_build_object('at', step.at, 'step', step.node, 'outcome', step.outcome) order by step.seq)
        from communicate.journey_step as step where step.workspace_id = :workspace and step.run_id = run.id
      ), '[]') as steps
    from communicate.journey_run as run
    join communicate.journey on journey.workspace_id = :workspace and journey.id = run.journey_id
    where run.workspace_id = :workspace and run.profile_id = any(:profiles)
    order by run.id`,
});

/** Removes all of it: steps go with their runs. Index journey_run_person, journey_event_person. */
export const deleteRunsOf = pgQuery({
  name: 'communicate.deleteRunsOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { runs: 'int8' },
  text: `
    with gone as (
      delete from communicate.journey_run where workspace_id = :workspace and profile_id = any(:profiles)
      returning journey_id, node, state
    ), news as (
      delete from communicate.journey_event where workspace_id = :workspace and profile_id = any(:profiles)
    ), refusals as (
      delete from communicate.journey_refusal where workspace_id = :workspace and profile_id = any(:profiles)
    ), listed as (
      delete from communicate.journey_effect where workspace_id = :workspace and profile_id = any(:profiles)
    ), counted as (
      -- Whoever stood at a step stands there no more; the numbers of the past stay, as numbers.
      insert into communicate.journey_count as known
        (workspace_id, journey_id, hour, from_node, to_node, way, people)
      select :workspace, journey_id, date_trunc('hour', now(), 'UTC'), node, '', '', count(*)
      from gone where state = 'active' and node is not null group by journey_id, node order by journey_id, node
      on conflict (workspace_id, journey_id, hour, from_node, to_node, way) do update
        set people = known.people + excluded.people
    )
    select count(*) as runs from gone`,
});
