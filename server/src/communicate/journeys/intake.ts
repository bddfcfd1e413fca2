import type { NotEnteredReason } from '@vitrail/contracts';
import type { AskPeople } from '../../decide/index.ts';
import { type Deps, type JsonObject, objectOf, type Pg } from '../../platform/index.ts';
import { directKey, type JourneyCatalog, type JourneyCatalogs, keysOf, type StandingJourney } from './catalog.ts';
import { type Candidate, decideEntry, type FormerRun, keyOf, mayEnter } from './enter.ts';
import { groupBy } from './groupBy.ts';
import { hearEvent } from './hearEvent.ts';
import { createLedger, definitionOf, type Ledger, type Run, readRun, tallies } from './ledger.ts';
import { addDuration } from './localTime.ts';
import { emptyContext, type HappenedEvent } from './matchFacts.ts';
import { lockEntries, noteRefusals, readEvents, removeEvents, takePlaces } from './sql/events.pg.ts';
import { listFormerRuns, lockRunsOf, takeRunIds } from './sql/runs.pg.ts';

/** Acted on in one transaction: large enough for sets to pay, small enough that nobody waits long for a person's rows. */
const chunk = 2_000;

export interface IntakeDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly catalogs: JourneyCatalogs;
  readonly ask: AskPeople;
}

interface News {
  readonly id: number;
  readonly key: string;
  readonly journey: number | null;
  readonly profile: number;
  readonly root: number;
  readonly event: HappenedEvent;
}

/** Where somebody stands before a journey's door. */
interface Knock {
  readonly news: News;
  readonly journey: StandingJourney;
  readonly entryKey: string | null;
}

/**
 * Acts on what happened, in order: ends waits, reaches goals, lets runs end, lets people in. The events go with the same
 * transaction, so each is acted on exactly once. Returns how many there were; fewer than there are when some cannot be
 * read in ClickHouse yet.
 */
export async function takeIn(deps: IntakeDeps, workspace: number): Promise<number> {
  return deps.pg.transaction(async (tx) => {
    if ((await tx.row(lockEntries, { workspace }))?.locked !== true) return 0;
    const rows = await tx.rows(readEvents, { workspace, limit: chunk });
    if (rows.length === 0) return 0;
    const catalog = await deps.catalogs.get(workspace, tx);
    const news = rows.flatMap((row): News[] =>
      row.root === null
        ? []
        : [
            {
              id: row.id,
              key: row.key,
              journey: row.journey_id,
              profile: row.profile_id,
              root: row.root,
              event: {
                name: row.key.slice(row.key.indexOf(':') + 1),
                at: row.at.toISOString(),
                properties: objectOf(objectOf(row.payload).properties),
              },
            },
          ],
    );
    await actOn(deps, tx, { workspace, catalog, news, now: deps.clock.now() });
    await tx.run(removeEvents, { workspace, ids: rows.map(({ id }) => id) });
    return rows.length;
  });
}

async function actOn(
  deps: IntakeDeps,
  tx: Pg,
  { workspace, catalog, news, now }: { workspace: number; catalog: JourneyCatalog; news: readonly News[]; now: Date },
): Promise<void> {
  const ledger = createLedger(workspace, now);
  const roots = [...new Set(news.map(({ root }) => root))];
  const since = new Date(now.getTime() - longestGoalMs(catalog));
  const runs = (await tx.rows(lockRunsOf, { workspace, roots, since })).map(readRun);
  const held = new Set(runs.map(({ id }) => id));
  const byRoot = groupBy(runs, ({ root }) => root ?? 0);

  const knocks = news.flatMap((each) => doorsOf(catalog, each));
  const before = await readFormer(tx, workspace, knocks);
  const audiences = await askAudiences(deps, { workspace, catalog, knocks, former: before, now });
  const refused: { journey: number; profile: number; at: Date; reason: NotEnteredReason; detail: JsonObject }[] = [];
  const entered: Run[] = [];
  const knocksOf = groupBy(knocks, ({ news: each }) => each);
  const ids = [...(await tx.rows(takeRunIds, { n: knocks.length }))].map(({ id }) => id);

  for (const each of news) {
    for (const run of byRoot.get(each.root) ?? []) {
      const definition = definitionOf(catalog.journeys.get(run.journey)?.versions, run);
      if (definition !== null && keysOf(definition).includes(each.key)) hearEvent(ledger, run, definition, each, now);
    }
    for (const knock of knocksOf.get(each) ?? []) {
      const { journey, entryKey } = knock;
      const candidate = candidateOf(catalog, knock, now, [
        ...(before.get(knock) ?? []).filter(({ id }) => !held.has(id)),
        ...(byRoot.get(each.root) ?? []).filter((run) => run.journey === journey.id && run.key === entryKey),
      ]);
      const entry = decideEntry({ ...candidate, audience: audiences.get(journey.id)?.get(each.root) ?? null });
      if (!entry.enters) {
        const { reason, detail } = entry;
        refused.push({ journey: journey.id, profile: each.profile, at: new Date(each.event.at), reason, detail });
        continue;
      }
      const run = begin(ledger, { id: ids.pop() ?? 0, knock, holdout: entry.holdout, zone: catalog.zone, now });
      byRoot.set(each.root, [...(byRoot.get(each.root) ?? []), run]);
      if (!entry.holdout) entered.push(run);
    }
  }
  await placeAtDoors(tx, { workspace, catalog, entered, now });
  await ledger.write(tx);
  if (refused.length === 0) return;
  await tx.run(noteRefusals, {
    workspace,
    journeys: refused.map(({ journey }) => journey),
    profiles: refused.map(({ profile }) => profile),
    at: refused.map(({ at }) => at),
    reasons: refused.map(({ reason }) => reason),
    details: refused.map(({ detail }) => detail),
  });
}

const dayMs = 86_400_000;
const unitMs = { minute: 60_000, hour: 3_600_000, day: dayMs, week: 7 * dayMs, month: 31 * dayMs } as const;

/** Runs that ended by themselves are heard for their goal as long as it counts, and for mail that has not left. */
function longestGoalMs(catalog: JourneyCatalog): number {
  const goals = [...catalog.journeys.values()].map(({ definition: { goal } }) =>
    goal === undefined ? 0 : goal.within.n * unitMs[goal.within.unit],
  );
  return Math.min(Math.max(3 * dayMs, ...goals), 366 * dayMs);
}

/** The journeys that an event may begin. */
function doorsOf(catalog: JourneyCatalog, news: News): Knock[] {
  const direct = news.journey === null ? undefined : catalog.journeys.get(news.journey);
  const journeys =
    news.key === directKey ? (direct === undefined ? [] : [direct]) : (catalog.entries.get(news.key) ?? []);
  return journeys.map((journey) => ({ news, journey, entryKey: entryKeyOf(journey, news) }));
}

/** A caller of the API says the key itself. */
function entryKeyOf({ definition }: StandingJourney, { key, event }: News): string | null {
  const { $key: given } = event.properties;
  return key === directKey && typeof given === 'string' ? given : keyOf(definition, event);
}

const candidateOf = (
  catalog: JourneyCatalog,
  { news, journey, entryKey }: Knock,
  now: Date,
  former: readonly FormerRun[],
): Omit<Candidate, 'audience'> => ({
  journey: journey.id,
  state: journey.state,
  startedAt: journey.startedAt,
  definition: journey.definition,
  event: news.event,
  direct: news.key === directKey,
  key: entryKey,
  profile: news.profile,
  former,
  zone: catalog.zone,
  now,
});

async function readFormer(tx: Pg, workspace: number, knocks: readonly Knock[]) {
  const found = new Map<Knock, (FormerRun & { id: number })[]>();
  const asked = knocks.map((knock, number) => ({ knock, number })).filter(({ knock }) => knock.entryKey !== null);
  if (asked.length === 0) return found;
  const rows = await tx.rows(listFormerRuns, {
    workspace,
    numbers: asked.map(({ number }) => number),
    roots: asked.map(({ knock }) => knock.news.root),
    journeys: asked.map(({ knock }) => knock.journey.id),
    keys: asked.map(({ knock }) => knock.entryKey ?? ''),
  });
  for (const { number, id, state, entered_at } of rows) {
    const knock = knocks[number];
    if (knock !== undefined) found.set(knock, [...(found.get(knock) ?? []), { id, state, enteredAt: entered_at }]);
  }
  return found;
}

/** By journey with an audience and by root: whether the person is in it now. Asked only of those whom all else lets in. */
async function askAudiences(
  deps: IntakeDeps,
  input: {
    workspace: number;
    catalog: JourneyCatalog;
    knocks: readonly Knock[];
    former: ReadonlyMap<Knock, readonly FormerRun[]>;
    now: Date;
  },
): Promise<ReadonlyMap<number, ReadonlyMap<number, boolean>>> {
  const { workspace, catalog, knocks, former, now } = input;
  const answers = new Map<number, Map<number, boolean>>();
  const asked = groupBy(
    knocks.filter((knock) => {
      if (knock.journey.definition.entry.audience === undefined) return false;
      const entry = mayEnter(candidateOf(catalog, knock, now, former.get(knock) ?? []));
      // A run under way may end in this very chunk, and the person come again.
      return entry.enters || entry.reason === 'already_in';
    }),
    ({ journey }) => journey,
  );
  for (const [journey, each] of asked) {
    const { audience } = journey.definition.entry;
    if (audience === undefined) continue;
    const roots = [...new Set(each.map(({ news }) => news.root))];
    const found = await deps.ask.which(workspace, [audience], roots, now);
    if (found !== null) answers.set(journey.id, new Map(roots.map((root) => [root, found.get(root)?.has(0) === true])));
  }
  return answers;
}

function begin(
  ledger: Ledger,
  { id, knock, holdout, zone, now }: { id: number; knock: Knock; holdout: boolean; zone: string; now: Date },
): Run {
  const { news, journey, entryKey } = knock;
  const { definition, version } = journey;
  const run: Run = {
    id,
    journey: journey.id,
    version,
    profile: news.profile,
    root: news.root,
    key: entryKey ?? '',
    enteredAt: now,
    state: holdout ? 'holdout' : 'active',
    node: holdout ? null : definition.start,
    waiting: false,
    // The holdout is compared with until its time for the goal is over.
    due: holdout ? addDuration(now, definition.goal?.within ?? { n: 30, unit: 'day' }, zone) : now,
    context: { ...emptyContext, event: news.event },
    steps: 0,
    goalAt: null,
    endedAt: null,
    reason: null,
  };
  ledger.add(run);
  const detail: JsonObject = {
    event: news.event.name,
    ...(run.key !== '' && { key: run.key }),
    ...(holdout && { holdout }),
  };
  ledger.note(run, {
    node: '',
    kind: 'run',
    outcome: 'entered',
    to: holdout ? null : definition.start,
    way: '',
    detail,
  });
  if (holdout) ledger.count(run.journey, '', tallies.holdout);
  return run;
}

/** Where only so many an hour may enter, the others wait their turn, evenly. */
async function placeAtDoors(
  tx: Pg,
  {
    workspace,
    catalog,
    entered,
    now,
  }: { workspace: number; catalog: JourneyCatalog; entered: readonly Run[]; now: Date },
): Promise<void> {
  for (const [id, runs] of groupBy(
    entered.filter(({ state }) => state === 'active'),
    ({ journey }) => journey,
  )) {
    const perHour = catalog.journeys.get(id)?.definition.entry.perHour;
    if (perHour === undefined) continue;
    const place = await tx.row(takePlaces, { workspace, journey: id, now, n: runs.length, per_hour: perHour });
    const first = (place?.first ?? now).getTime();
    for (const [index, run] of runs.entries()) run.due = new Date(first + (index * 3_600_000) / perHour);
  }
}
