import { pgQuery } from '../../../platform/index.ts';

const runRow = {
  id: 'int8',
  journey_id: 'int4',
  version: 'int4',
  profile_id: 'int8',
  root: 'int8?',
  entry_key: 'text',
  state: 'text',
  node: 'text?',
  waiting: 'bool',
  due_at: 'timestamptz?',
  entered_at: 'timestamptz',
  context: 'jsonb',
  steps: 'int4',
  goal_at: 'timestamptz?',
  ended_at: 'timestamptz?',
  reason: 'text?',
} as const;

const runColumns = `run.id, run.journey_id, run.version, run.profile_id, profile.root_id as root, run.entry_key, run.state,
      run.node, run.waiting, run.due_at, run.entered_at, run.context, run.steps, run.goal_at, run.ended_at,
      run.reason`;

/**
 * Runs of these customers that are under way, or came to their end since and may still reach their goal, held for the
 * transaction. Index profile_root, journey_run_person.
 */
export const lockRunsOf = pgQuery({
  name: 'communicate.lockRunsOf',
  params: { workspace: 'int4', roots: 'int8[]', since: 'timestamptz' },
  row: runRow,
  text: `
    select ${runColumns}
    from unify.profile
    join communicate.journey_run as run on run.workspace_id = :workspace and run.profile_id = profile.id
    where profile.workspace_id = :workspace and profile.root_id = any(:roots)
      and (run.state <> 'done' or (run.reason = 'finished' and run.ended_at > :since and run.goal_at is null))
    order by run.id
    for update of run`,
});

/** Journeys in which somebody is due, of all workspaces: one look into journey_run_due for each that runs. */
export const listDueJourneys = pgQuery({
  name: 'communicate.listDueJourneys',
  params: {},
  row: { workspace_id: 'int4', id: 'int4', at: 'timestamptz' },
  text: `
    select journey.workspace_id, journey.id, first.due_at as at
    from communicate.journey
    cross join lateral (
      select due_at from communicate.journey_run as run
      where run.workspace_id = journey.workspace_id and run.journey_id = journey.id and run.due_at is not null
      order by run.due_at limit 1
    ) as first
    where journey.state in ('live', 'draining')
    order by first.due_at`,
});

/**
 * Takes runs that are due, except of customers of whom something has still to be acted on. Others take others meanwhile.
 * Index journey_run_due.
 */
export const claimRuns = pgQuery({
  name: 'communicate.claimRuns',
  params: { workspace: 'int4', journey: 'int4', now: 'timestamptz', busy: 'int8[]', limit: 'int4' },
  row: runRow,
  text: `
    select ${runColumns}
    from communicate.journey_run as run
    left join unify.profile on profile.workspace_id = run.workspace_id and profile.id = run.profile_id
    where run.workspace_id = :workspace and run.journey_id = :journey and run.due_at <= :now
      and coalesce(profile.root_id, 0) <> all(:busy)
    order by run.due_at
    limit :limit
    for update of run skip locked`,
});

/** Runs of a journey that are under way, some at a time, for one that is put to rest. Index journey_run_due. */
export const lockRunsOfJourney = pgQuery({
  name: 'communicate.lockRunsOfJourney',
  params: { workspace: 'int4', journey: 'int4', limit: 'int4' },
  row: runRow,
  text: `
    select ${runColumns}
    from communicate.journey_run as run
    left join unify.profile on profile.workspace_id = run.workspace_id and profile.id = run.profile_id
    where run.workspace_id = :workspace and run.journey_id = :journey and run.due_at is not null and run.state <> 'done'
    limit :limit
    for update of run`,
});

/**
 * Of these runs the ones that are one with an older run by a merge: the same journey and key, under way at the same time.
 * Index profile_root, journey_run_person.
 */
export const listTwins = pgQuery({
  name: 'communicate.listTwins',
  params: { workspace: 'int4', runs: 'int8[]' },
  row: { id: 'int8' },
  text: `
    select run.id
    from communicate.journey_run as run
    join unify.profile as own on own.workspace_id = :workspace and own.id = run.profile_id
    where run.workspace_id = :workspace and run.id = any(:runs) and exists (
      select from unify.profile as other
      join communicate.journey_run as older on older.workspace_id = :workspace and older.profile_id = other.id
      where other.workspace_id = :workspace and other.root_id = own.root_id and other.id <> own.id
        and older.journey_id = run.journey_id and older.entry_key = run.entry_key and older.id < run.id
        and (older.state <> 'done' or older.ended_at > run.entered_at)
    )`,
});

/** Runs of these customers in these journeys with these keys, over or not. Index profile_root, journey_run_person. */
export const listFormerRuns = pgQuery({
  name: 'communicate.listFormerRuns',
  params: { workspace: 'int4', numbers: 'int4[]', roots: 'int8[]', journeys: 'int4[]', keys: 'text[]' },
  row: { number: 'int4', id: 'int8', state: 'text', entered_at: 'timestamptz' },
  text: `
    select wanted.number, run.id, run.state, run.entered_at
    from unnest(:numbers, :roots, :journeys, :keys) as wanted (number, root, journey, key)
    join unify.profile on profile.workspace_id = :workspace and profile.root_id = wanted.root
    join communicate.journey_run as run on run.workspace_id = :workspace and run.profile_id = profile.id
      and run.journey_id = wanted.journey and run.entry_key = wanted.key`,
});

export const takeRunIds = pgQuery({
  name: 'communicate.takeRunIds',
  params: { n: 'int4' },
  row: { id: 'int8' },
  text: `
    select nextval(pg_get_serial_sequence('communicate.journey_run', 'id'))::int8 as id from generate_series(1, :n)`,
});

export const insertRuns = pgQuery({
  name: 'communicate.insertRuns',
  params: {
    workspace: 'int4',
    ids: 'int8[]',
    journeys: 'int4[]',
    versions: 'int4[]',
    profiles: 'int8[]',
    keys: 'text[]',
    states: 'text[]',
    nodes: 'text[]',
    waiting: 'bool[]',
    due: 'timestamptz[]',
    entered: 'timestamptz[]',
    contexts: 'jsonb[]',
    steps: 'int4[]',
    goals: 'timestamptz[]',
    ended: 'timestamptz[]',
    reasons: 'text[]',
  },
  row: {},
  text: `
    insert into communicate.journey_run (workspace_id, id, journey_id, version, profile_id, entry_key, state, node,
      waiting, due_at, entered_at, context, steps, goal_at, ended_at, reason)
    overriding system value
    select :workspace, * from unnest(:ids, :journeys, :versions, :profiles, :keys, :states, :nodes, :waiting, :due,
      :entered, :contexts, :steps, :goals, :ended, :reasons)`,
});

/** Writes how runs stand that the transaction holds. Primary key. */
export const saveRuns = pgQuery({
  name: 'communicate.saveRuns',
  params: {
    workspace: 'int4',
    ids: 'int8[]',
    states: 'text[]',
    nodes: 'text[]',
    waiting: 'bool[]',
    due: 'timestamptz[]',
    contexts: 'jsonb[]',
    steps: 'int4[]',
    goals: 'timestamptz[]',
    ended: 'timestamptz[]',
    reasons: 'text[]',
  },
  row: {},
  text: `
    update communicate.journey_run as run
    set state = new.state, node = new.node, waiting = new.waiting, due_at = new.due, context = new.context,
      steps = new.steps, goal_at = new.goal, ended_at = new.ended, reason = new.reason
    from unnest(:ids, :states, :nodes, :waiting, :due, :contexts, :steps, :goals, :ended, :reasons)
      as new (id, state, node, waiting, due, context, steps, goal, ended, reason)
    where run.workspace_id = :workspace and run.id = new.id`,
});

export const insertSteps = pgQuery({
  name: 'communicate.insertSteps',
  params: {
    workspace: 'int4',
    at: 'timestamptz',
    runs: 'int8[]',
    seqs: 'int4[]',
    nodes: 'text[]',
    kinds: 'text[]',
    outcomes: 'text[]',
    targets: 'text[]',
    details: 'jsonb[]',
  },
  row: {},
  text: `
    insert into communicate.journey_step (workspace_id, run_id, seq, at, node, kind, outcome, to_node, detail)
    select :workspace, run, seq, :at, node, kind, outcome, target, detail
    from unnest(:runs, :seqs, :nodes, :kinds, :outcomes, :targets, :details)
      as step (run, seq, node, kind, outcome, target, detail)`,
});

/** Adds people to the ways they went. In order, so that two workers never wait for each other in a ring. Primary key. */
export const addCounts = pgQuery({
  name: 'communicate.addJourneyCounts',
  params: {
    workspace: 'int4',
    hour: 'timestamptz',
    journeys: 'int4[]',
    sources: 'text[]',
    targets: 'text[]',
    ways: 'text[]',
    people: 'int8[]',
  },
  row: {},
  text: `
    insert into communicate.journey_count as known (workspace_id, journey_id, hour, from_node, to_node, way, people)
    select :workspace, journey, :hour, source, target, way, people
    from unnest(:journeys, :sources, :targets, :ways, :people) as counted (journey, source, target, way, people)
    order by journey, source, target, way
    on conflict (workspace_id, journey_id, hour, from_node, to_node, way) do update
      set people = known.people + excluded.people`,
});

/**
 * Takes back messages that have not gone out: their run is over. One that is just being handed over is marked: it is not
 * tried again when no provider takes it. Primary key.
 */
export const cancelMessages = pgQuery({
  name: 'communicate.cancelJourneyMessages',
  params: { workspace: 'int4', messages: 'int8[]', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.message set
      reason = 'journey_ended', detail = '',
      state = case state when 'sending' then state else 'cancelled' end,
      decided_at = case state when 'sending' then decided_at else :now end,
      claimed_by = case state when 'sending' then claimed_by end
    where workspace_id = :workspace and id = any(:messages) and state in ('queued', 'claimed', 'held', 'sending')`,
});

/** What became of messages: their state, and whether the person (not a machine) opened or clicked. */
export const readFates = pgQuery({
  name: 'communicate.readFates',
  params: { workspace: 'int4', messages: 'int8[]' },
  row: { id: 'int8', state: 'text', kinds: 'text[]' },
  text: `
    select message.id, message.state, array(
      select distinct kind from communicate.feedback
      where feedback.workspace_id = :workspace and feedback.message_id = message.id and not feedback.machine) as kinds
    from communicate.message where workspace_id = :workspace and id = any(:messages)`,
});

/** How the branches of a random split do: people who took each, and who reached the goal. */
export const countBranches = pgQuery({
  name: 'communicate.countBranches',
  params: { workspace: 'int4', journey: 'int4', node: 'text' },
  row: { way: 'text', people: 'int8', goals: 'int8' },
  text: `
    select coalesce(step.detail->>'way', '') as way, count(*) as people, count(run.goal_at) as goals
    from communicate.journey_run as run
    join communicate.journey_step as step on step.workspace_id = :workspace and step.run_id = run.id and step.node = :node
    where run.workspace_id = :workspace and run.journey_id = :journey and step.outcome = 'branch'
    group by 1`,
});

/** Newest values of some traits of customers. Index profile_root. */
export const readTraits = pgQuery({
  name: 'communicate.readJourneyTraits',
  params: { workspace: 'int4', roots: 'int8[]', names: 'text[]' },
  row: { root_id: 'int8', name: 'text', value: 'jsonb' },
  text: `
    select distinct on (profile.root_id, wanted.name) profile.root_id, wanted.name,
      coalesce(profile.traits->wanted.name->'value', 'null') as value
    from unify.profile cross join unnest(:names) as wanted (name)
    where profile.workspace_id = :workspace and profile.root_id = any(:roots) and profile.traits ? wanted.name
    order by profile.root_id, wanted.name, profile.traits->wanted.name->>'at' desc`,
});

/** An identifier by which a call finds each customer: the strongest. Index profile_root, identifier_profile. */
export const readStrongest = pgQuery({
  name: 'communicate.readStrongest',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: { root_id: 'int8', namespace: 'text', value: 'text' },
  text: `
    select distinct on (profile.root_id) profile.root_id, identifier.namespace, identifier.value
    from unify.profile
    join unify.identifier on identifier.workspace_id = :workspace and identifier.profile_id = profile.id
    join unify.namespace on namespace.workspace_id = :workspace and namespace.name = identifier.namespace
    where profile.workspace_id = :workspace and profile.root_id = any(:roots) and not identifier.shared
    order by profile.root_id, namespace.priority, identifier.last_seen_at desc`,
});

export const appendEffects = pgQuery({
  name: 'communicate.appendJourneyEffects',
  params: { workspace: 'int4', runs: 'int8[]', profiles: 'int8[]', lists: 'text[]', changes: 'text[]' },
  row: {},
  text: `
    insert into communicate.journey_effect (workspace_id, run_id, profile_id, list, change)
    select :workspace, * from unnest(:runs, :profiles, :lists, :changes)`,
});

/** Changes of lists still to be made, oldest first. Primary key. */
export const readEffects = pgQuery({
  name: 'communicate.readJourneyEffects',
  params: { limit: 'int4' },
  row: { workspace_id: 'int4', id: 'int8', profile_id: 'int8', list: 'text', change: 'text' },
  text: `
    select workspace_id, id, profile_id, list, change from communicate.journey_effect order by workspace_id, id limit :limit`,
});

export const removeEffects = pgQuery({
  name: 'communicate.removeJourneyEffects',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: {},
  text: `delete from communicate.journey_effect where workspace_id = :workspace and id = any(:ids)`,
});
