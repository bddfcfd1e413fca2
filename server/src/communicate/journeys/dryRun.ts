import type { DryRun, JourneyDefinition } from '@vitrail/contracts';
import type { Json, JsonObject } from '../../platform/index.ts';
import { traitsOf } from './advance.ts';
import { keysOf } from './catalog.ts';
import type { Journeys } from './createJourneys.ts';
import { decideEntry, keyOf } from './enter.ts';
import { hearEvent } from './hearEvent.ts';
import { createLedger, type Run } from './ledger.ts';
import { emptyContext, type HappenedEvent } from './matchFacts.ts';
import { getMembers } from './readTrace.ts';
import { readGeneration } from './sql/journeys.pg.ts';
import { readTraits } from './sql/runs.pg.ts';
import { type Answers, type Step, walk } from './walk.ts';

export interface ImaginedEvent {
  readonly type: string;
  readonly event: string;
  readonly at: Date;
  readonly properties: JsonObject;
}

interface DryInput {
  readonly workspace: number;
  readonly profile: string;
  readonly definition: JourneyDefinition;
  readonly at: Date;
  /** Properties of the event that begins it. */
  readonly event: JsonObject;
  readonly events: readonly ImaginedEvent[];
}

type DryStep = DryRun['steps'][number];

/** Longer than this and nothing is foreseen any more. */
const mostSteps = 300;

/**
 * What a journey would do with a real person from a moment on, given what happens later: the same rules and conditions,
 * asked of the history as it is known, at each step's own time. Nothing is written, nobody is sent anything.
 */
export async function dryRun(deps: Journeys['deps'], input: DryInput): Promise<DryRun> {
  const { workspace, definition, at } = input;
  const { root } = await getMembers(deps.pg, workspace, input.profile);
  const zone = (await deps.pg.row(readGeneration, { workspace }))?.time_zone ?? 'UTC';
  const event: HappenedEvent = { name: nameOf(definition), at: at.toISOString(), properties: input.event };
  const { audience } = definition.entry;
  const found = audience === undefined ? null : await deps.ask.which(workspace, [audience], [root], at);
  const entry = decideEntry({
    journey: 0,
    state: 'live',
    startedAt: null,
    definition,
    event,
    direct: false,
    key: keyOf(definition, event),
    profile: root,
    former: [],
    audience: audience === undefined ? true : found === null ? null : found.get(root)?.has(0) === true,
    zone,
    now: at,
  });
  if (!entry.enters) return { enters: false, reason: entry.reason, steps: [], ended: null };
  const run: Run = { ...imaginedRun(root, event, at), node: definition.start };
  const traits = await traitsNow(deps, workspace, root, definition);
  const steps = await follow(deps, input, { run, root, zone, traits });
  return { enters: true, reason: null, steps, ended: run.reason };
}

const nameOf = ({ trigger }: JourneyDefinition): string => (trigger.kind === 'event' ? trigger.event : trigger.kind);

const imaginedRun = (root: number, event: HappenedEvent, at: Date): Run => ({
  id: 0,
  journey: 0,
  version: 0,
  profile: root,
  root,
  key: '',
  enteredAt: at,
  state: 'active',
  node: null,
  waiting: false,
  due: at,
  context: { ...emptyContext, event },
  steps: 0,
  goalAt: null,
  endedAt: null,
  reason: null,
});

async function traitsNow(
  { pg }: Journeys['deps'],
  workspace: number,
  root: number,
  definition: JourneyDefinition,
): Promise<JsonObject> {
  const names = traitsOf(definition);
  if (names.length === 0) return {};
  const rows = await pg.rows(readTraits, { workspace, roots: [root], names });
  return Object.fromEntries(rows.map(({ name, value }): [string, Json] => [name, value]));
}

/** Goes from moment to moment: what is due, or what happens before it. */
async function follow(
  deps: Journeys['deps'],
  { workspace, definition, events }: DryInput,
  { run, root, zone, traits: first }: { run: Run; root: number; zone: string; traits: JsonObject },
): Promise<DryStep[]> {
  const steps: DryStep[] = [];
  const coming = [...events].sort((a, b) => a.at.getTime() - b.at.getTime());
  const say = (at: Date, some: readonly Step[]): void => {
    steps.push(
      ...some.map(({ node, kind, outcome, to, detail }) => ({
        at: at.toISOString(),
        node,
        kind,
        outcome,
        to,
        detail: { ...detail },
      })),
    );
  };
  let traits = first;
  while (run.state === 'active' && run.due !== null && steps.length < mostSteps) {
    const [next] = coming;
    if (next !== undefined && next.at < run.due) {
      coming.shift();
      const ledger = createLedger(workspace, next.at);
      const heard = {
        key: `${next.type}:${next.event}`,
        event: { name: next.event, at: next.at.toISOString(), properties: next.properties },
      };
      if (keysOf(definition).includes(heard.key)) hearEvent(ledger, run, definition, heard, next.at);
      say(next.at, ledger.noted());
      continue;
    }
    const now = run.due;
    let answers: Answers = {};
    for (let asking = true; asking; ) {
      const node = run.node ?? definition.start;
      const walked = walk(
        {
          journey: 0,
          definition,
          profile: root,
          node,
          waiting: run.waiting,
          context: run.context,
          steps: run.steps,
          zone,
          traits,
        },
        answers,
        now,
      );
      say(now, walked.steps);
      run.context = walked.context;
      run.steps += walked.steps.length;
      for (const effect of walked.effects) if (effect.kind === 'traits') traits = { ...traits, ...effect.traits };
      const { end } = walked;
      asking = end.kind === 'asks';
      if (end.kind === 'ended') Object.assign(run, { state: 'done', reason: end.reason, node: null, due: null });
      else
        Object.assign(run, {
          node: end.node,
          waiting: end.kind === 'waits',
          due: end.kind === 'waits' ? end.due : now,
        });
      if (end.kind === 'asks') answers = await imagine(deps, { workspace, definition, root, node: end.node, now });
    }
  }
  return steps;
}

/** Answers without taking anything: no code is given, no message was opened. */
async function imagine(
  { ask, assigner }: Journeys['deps'],
  input: { workspace: number; definition: JourneyDefinition; root: number; node: string; now: Date },
): Promise<Answers> {
  const { workspace, definition, root, node: id, now } = input;
  const node = definition.nodes[id];
  if (node?.kind === 'coupon') return { coupons: { [id]: 'PREVIEW' } };
  if (node?.kind !== 'split') return {};
  const { split } = node;
  if (split.by === 'message') return { fates: { [id]: split.was === 'sent' || split.was === 'delivered' } };
  if (split.by === 'random') return { winners: { [id]: null } };
  if (split.by === 'experiment') {
    const given = await assigner.foresee({ workspace, kind: 'journey', experiment: split.experiment, roots: [root] });
    return { variations: { [id]: given.get(root) ?? null } };
  }
  if (split.by !== 'condition') return {};
  const definitions = split.branches.map((branch) => branch.if);
  const holding = (await ask.which(workspace, definitions, [root], now))?.get(root);
  return { branches: { [id]: definitions.findIndex((_, index) => holding?.has(index) === true) } };
}
