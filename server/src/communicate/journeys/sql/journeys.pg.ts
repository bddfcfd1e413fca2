import { pgQuery } from '../../../platform/index.ts';

/** Generation of the journeys and the zone of a workspace. Primary keys. */
export const readGeneration = pgQuery({
  name: 'communicate.readJourneyGeneration',
  params: { workspace: 'int4' },
  row: { generation: 'int8', time_zone: 'text' },
  text: `
    select coalesce(journeys.generation, 0)::int8 as generation, workspace.time_zone
    from govern.workspace left join communicate.journey_generation as journeys on journeys.workspace_id = workspace.id
    where workspace.id = :workspace`,
});

export const raiseGeneration = pgQuery({
  name: 'communicate.raiseJourneyGeneration',
  params: { workspace: 'int4' },
  row: {},
  text: `
    insert into communicate.journey_generation as known (workspace_id, generation) values (:workspace, 1)
    on conflict (workspace_id) do update set generation = known.generation + 1`,
});

/** Every version of the journeys that were started and are not at rest. Primary keys. */
export const listStanding = pgQuery({
  name: 'communicate.listStandingJourneys',
  params: { workspace: 'int4' },
  row: {
    id: 'int4',
    name: 'text',
    state: 'text',
    newest: 'int4',
    started_at: 'timestamptz?',
    next_at: 'timestamptz?',
    version: 'int4',
    definition: 'jsonb',
  },
  text: `
    select journey.id, journey.name, journey.state, journey.version as newest, journey.started_at, journey.next_at,
      version.version, version.definition
    from communicate.journey
    join communicate.journey_version as version on version.workspace_id = :workspace and version.journey_id = journey.id
    where journey.workspace_id = :workspace and journey.state in ('live', 'paused', 'draining')
    order by journey.id, version.version`,
});

export const insertJourney = pgQuery({
  name: 'communicate.insertJourney',
  params: { workspace: 'int4', name: 'text', description: 'text', actor: 'text', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into communicate.journey
      (workspace_id, name, description, state, version, created_by, created_at, updated_at)
    values (:workspace, :name, :description, 'draft', 0, :actor, :at, :at) returning id`,
});

/** Stores the next version and makes it the one that people enter. Primary key. */
export const insertVersion = pgQuery({
  name: 'communicate.insertJourneyVersion',
  params: {
    workspace: 'int4',
    journey: 'int4',
    name: 'text',
    description: 'text',
    definition: 'jsonb',
    actor: 'text',
    at: 'timestamptz',
  },
  row: { version: 'int4' },
  text: `
    with raised as (
      update communicate.journey
      set version = version + 1, name = :name, description = :description, updated_at = :at
      where workspace_id = :workspace and id = :journey
      returning version
    )
    insert into communicate.journey_version (workspace_id, journey_id, version, definition, at, by_actor)
    select :workspace, :journey, version, :definition, :at, :actor from raised
    returning version`,
});

/** Primary key. */
export const findJourney = pgQuery({
  name: 'communicate.findJourney',
  params: { workspace: 'int4', id: 'int4' },
  row: {
    id: 'int4',
    name: 'text',
    description: 'text',
    state: 'text',
    version: 'int4',
    started_at: 'timestamptz?',
    updated_at: 'timestamptz',
    definition: 'jsonb',
  },
  text: `
    select journey.id, journey.name, journey.description, journey.state, journey.version, journey.started_at,
      journey.updated_at, version.definition
    from communicate.journey
    join communicate.journey_version as version
      on version.workspace_id = :workspace and version.journey_id = journey.id and version.version = journey.version
    where journey.workspace_id = :workspace and journey.id = :id`,
});

/** Holds a journey while it is changed. Primary key. */
export const lockJourney = pgQuery({
  name: 'communicate.lockJourney',
  params: { workspace: 'int4', id: 'int4' },
  row: { version: 'int4', state: 'text' },
  text: `select version, state from communicate.journey where workspace_id = :workspace and id = :id for update`,
});

export const setJourneyState = pgQuery({
  name: 'communicate.setJourneyState',
  params: { workspace: 'int4', id: 'int4', state: 'text', next: 'timestamptz?', at: 'timestamptz' },
  row: {},
  text: `
    update communicate.journey
    set state = :state, next_at = :next, updated_at = :at,
      started_at = case when :state = 'live' and state in ('draft', 'archived') then :at else started_at end
    where workspace_id = :workspace and id = :id`,
});

/** The next moment of a journey of the calendar. Primary key. */
export const setNext = pgQuery({
  name: 'communicate.setNextMoment',
  params: { workspace: 'int4', id: 'int4', next: 'timestamptz?' },
  row: {},
  text: `update communicate.journey set next_at = :next where workspace_id = :workspace and id = :id`,
});

/** Journeys whose moment in the calendar has come, or will next. Index journey_calendar. */
export const listCalendar = pgQuery({
  name: 'communicate.listCalendar',
  params: {},
  row: { workspace_id: 'int4', id: 'int4', next_at: 'timestamptz' },
  text: `
    select workspace_id, id, next_at as next_at from communicate.journey
    where next_at is not null and state = 'live' order by next_at`,
});

/** Everyone inside takes the newest version: a change by hand, of one journey. Index journey_run_due. */
export const migrateRuns = pgQuery({
  name: 'communicate.migrateRuns',
  params: { workspace: 'int4', journey: 'int4', version: 'int4' },
  row: { id: 'int8', node: 'text?', steps: 'int4' },
  text: `
    update communicate.journey_run as run set version = :version, steps = steps + 1
    where run.workspace_id = :workspace and run.journey_id = :journey and run.due_at is not null
      and run.state <> 'done' and run.version <> :version
    returning run.id, run.node, run.steps`,
});

/** Whoever stands at one of these steps goes on at once: does it anew, or leaves when it is gone. Index journey_run_place. */
export const unsettleRuns = pgQuery({
  name: 'communicate.unsettleRuns',
  params: { workspace: 'int4', journey: 'int4', nodes: 'text[]', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.journey_run set waiting = false, due_at = :now
    where workspace_id = :workspace and journey_id = :journey and state = 'active' and node = any(:nodes)`,
});

/** Journeys with the numbers of their people. Primary keys; index journey_run_person is scanned for few journeys. */
export const listJourneys = pgQuery({
  name: 'communicate.listJourneys',
  params: { workspace: 'int4', ids: 'int4[]?' },
  row: {
    id: 'int4',
    name: 'text',
    description: 'text',
    state: 'text',
    version: 'int4',
    trigger: 'text',
    started_at: 'timestamptz?',
    updated_at: 'timestamptz',
    entered: 'int8',
    ended: 'int8',
    goal: 'int8',
    holdout: 'int8',
    holdout_goal: 'int8',
  },
  text: `
    select journey.id, journey.name, journey.description, journey.state, journey.version,
      coalesce(version.definition->'trigger'->>'kind', '') as trigger, journey.started_at, journey.updated_at,
      coalesce(counted.entered, 0)::int8 as entered, coalesce(counted.ended, 0)::int8 as ended,
      coalesce(counted.goal, 0)::int8 as goal, coalesce(counted.holdout, 0)::int8 as holdout,
      coalesce(counted.holdout_goal, 0)::int8 as holdout_goal
    from communicate.journey
    left join communicate.journey_version as version
      on version.workspace_id = :workspace and version.journey_id = journey.id and version.version = journey.version
    left join lateral (
      select
        sum(people) filter (where from_node = '' and to_node not in ('#goal', '#holdout', '#holdout_goal')) as entered,
        sum(people) filter (where to_node = '') as ended,
        sum(people) filter (where to_node = '#goal') as goal,
        sum(people) filter (where to_node = '#holdout') as holdout,
        sum(people) filter (where to_node = '#holdout_goal') as holdout_goal
      from communicate.journey_count as count
      where count.workspace_id = :workspace and count.journey_id = journey.id
    ) as counted on true
    where journey.workspace_id = :workspace and (:ids is null or journey.id = any(:ids))
    order by journey.updated_at desc, journey.id desc`,
});

/** People by way, of all hours. Primary key of journey_count. */
export const readWays = pgQuery({
  name: 'communicate.readWays',
  params: { workspace: 'int4', journey: 'int4' },
  row: { from_node: 'text', to_node: 'text', way: 'text', people: 'int8' },
  text: `
    select from_node, to_node, way, sum(people)::int8 as people from communicate.journey_count
    where workspace_id = :workspace and journey_id = :journey group by 1, 2, 3`,
});

/** Messages of a journey that did not go out, by step. Index message_origin. */
export const countHeld = pgQuery({
  name: 'communicate.countHeldMessages',
  params: { workspace: 'int4', journey: 'text' },
  row: { step: 'text', people: 'int8' },
  text: `
    select step, count(*) as people from communicate.message
    where workspace_id = :workspace and origin = 'journey' and origin_id = :journey
      and state in ('held', 'skipped', 'failed', 'uncertain', 'cancelled')
    group by step`,
});

/** Versions and who is in them. */
export const listVersions = pgQuery({
  name: 'communicate.listJourneyVersions',
  params: { workspace: 'int4', journey: 'int4' },
  row: { version: 'int4', at: 'timestamptz', by_actor: 'text', inside: 'int8' },
  text: `
    select version.version, version.at, version.by_actor, coalesce(counted.inside, 0)::int8 as inside
    from communicate.journey_version as version
    left join (
      select version, count(*) as inside from communicate.journey_run
      where workspace_id = :workspace and journey_id = :journey and state = 'active' group by version
    ) as counted on counted.version = version.version
    where version.workspace_id = :workspace and version.journey_id = :journey
    order by version.version desc limit 50`,
});

export const readVersion = pgQuery({
  name: 'communicate.readJourneyVersion',
  params: { workspace: 'int4', journey: 'int4', version: 'int4' },
  row: { definition: 'jsonb' },
  text: `
    select definition from communicate.journey_version
    where workspace_id = :workspace and journey_id = :journey and version = :version`,
});

export const countRefusals = pgQuery({
  name: 'communicate.countJourneyRefusals',
  params: { workspace: 'int4', journey: 'int4' },
  row: { reason: 'text', people: 'int8' },
  text: `
    select reason, count(*) as people from communicate.journey_refusal
    where workspace_id = :workspace and journey_id = :journey group by reason order by 2 desc`,
});

/** Newest versions of templates that are in use. Primary key. */
export const findTemplates = pgQuery({
  name: 'communicate.findJourneyTemplates',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4', version: 'int4', channel: 'text' },
  text: `
    select id, version, channel from communicate.template
    where workspace_id = :workspace and id = any(:ids) and archived_at is null`,
});

/** Which of these segments are there: lists and dynamic ones. Primary key. */
export const findSegments = pgQuery({
  name: 'communicate.findJourneySegments',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4', kind: 'text' },
  text: `
    select id, kind from decide.segment where workspace_id = :workspace and id = any(:ids) and state <> 'archived'`,
});

/** Which of these offers are there. Primary key. */
export const findOffers = pgQuery({
  name: 'communicate.findJourneyOffers',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4' },
  text: `select id from communicate.offer where workspace_id = :workspace and id = any(:ids)`,
});
