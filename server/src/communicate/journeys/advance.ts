import type { JourneyDefinition } from '@vitrail/contracts';
import type { Deps, Json, Pg } from '../../platform/index.ts';
import { type AskDeps, type Asking, answerAsks } from './answerAsks.ts';
import { applyEffects, type WantedEffect } from './applyEffects.ts';
import type { JourneyCatalogs } from './catalog.ts';
import { createLedger, definitionOf, type Ledger, type Run, readRun } from './ledger.ts';
import { listBusyRoots } from './sql/events.pg.ts';
import { claimRuns, listTwins, readTraits } from './sql/runs.pg.ts';
import { type Answers, walk } from './walk.ts';

/** Runs advanced in one transaction. */
export const runsAtOnce = 1_000;

export interface AdvanceDeps extends Pick<Deps, 'pg' | 'clock'>, AskDeps {
  readonly catalogs: JourneyCatalogs;
}

interface Going {
  readonly run: Run;
  readonly root: number;
  readonly definition: JourneyDefinition;
  answers: Answers;
}

/**
 * Takes runs of a journey that are due as far as they go: to the next wait, or the end. What they do commits with where
 * they stand, so a process that dies in the middle did nothing. Returns how many there were.
 */
export async function advanceDue(deps: AdvanceDeps, workspace: number, journey: number): Promise<number> {
  return deps.pg.transaction(async (tx) => {
    const now = deps.clock.now();
    const catalog = await deps.catalogs.get(workspace, tx);
    const standing = catalog.journeys.get(journey);
    if (standing === undefined || standing.state === 'paused') return 0;
    const busy = (await tx.rows(listBusyRoots, { workspace })).map(({ root_id }) => root_id);
    const rows = await tx.rows(claimRuns, { workspace, journey, now, busy, limit: runsAtOnce });
    if (rows.length === 0) return 0;
    const ledger = createLedger(workspace, now);
    const ids = rows.map(({ id }) => id);
    const twins = new Set((await tx.rows(listTwins, { workspace, runs: ids })).map(({ id }) => id));
    const going: Going[] = [];
    for (const run of rows.map(readRun)) {
      const definition = definitionOf(standing.versions, run);
      if (run.root === null) ledger.end(run, 'erased');
      else if (run.state === 'holdout') ledger.close(run, 'finished');
      else if (twins.has(run.id)) ledger.end(run, 'merged');
      else if (definition === null) ledger.end(run, 'step_gone');
      else going.push({ run, root: run.root, definition, answers: {} });
    }
    const effects = await goOn(deps, tx, { workspace, zone: catalog.zone, going, ledger, now });
    await applyEffects(tx, { workspace, effects, ledger, now });
    await ledger.write(tx);
    return rows.length;
  });
}

/** Walks everybody, answers those who ask, and walks these on, until all wait or have left. */
async function goOn(
  deps: AdvanceDeps,
  tx: Pg,
  input: { workspace: number; zone: string; going: readonly Going[]; ledger: Ledger; now: Date },
): Promise<WantedEffect[]> {
  const { workspace, zone, ledger, now } = input;
  const traits = await loadTraits(tx, workspace, input.going);
  const wanted: WantedEffect[] = [];
  let going = input.going;
  while (going.length > 0) {
    const asking: (Asking & { going: Going })[] = [];
    for (const each of going) {
      const { run, root, definition } = each;
      const known = traits.get(root) ?? {};
      const walked = walk(
        {
          journey: run.journey,
          definition,
          profile: run.profile,
          node: run.node ?? definition.start,
          waiting: run.waiting,
          context: run.context,
          steps: run.steps,
          zone,
          traits: known,
        },
        each.answers,
        now,
      );
      for (const step of walked.steps) ledger.note(run, step);
      for (const effect of walked.effects) {
        wanted.push({ run, root, effect });
        if (effect.kind === 'traits') traits.set(root, { ...known, ...effect.traits });
      }
      run.context = walked.context;
      const { end } = walked;
      if (end.kind === 'ended') ledger.close(run, end.reason);
      else if (end.kind === 'waits') Object.assign(run, { node: end.node, waiting: true, due: end.due });
      else {
        Object.assign(run, { node: end.node, waiting: false });
        asking.push({ run, root, definition, node: end.node, going: each });
      }
      ledger.save(run);
    }
    const answers = asking.length === 0 ? new Map() : await answerAsks(deps, tx, { workspace, asking, now });
    going = asking.map(({ going: each, run }) => ({ ...each, answers: answers.get(run) ?? {} }));
  }
  return wanted;
}

/** Traits that the steps of these people may ask about; the zone among them. */
async function loadTraits(
  tx: Pg,
  workspace: number,
  going: readonly Going[],
): Promise<Map<number, { [name: string]: Json }>> {
  const names = new Set<string>();
  for (const definition of new Set(going.map((each) => each.definition)))
    for (const name of traitsOf(definition)) names.add(name);
  const found = new Map<number, { [name: string]: Json }>();
  if (names.size === 0) return found;
  const roots = [...new Set(going.map(({ root }) => root))];
  for (const { root_id, name, value } of await tx.rows(readTraits, { workspace, roots, names: [...names] })) {
    found.set(root_id, { ...found.get(root_id), [name]: value });
  }
  return found;
}

/** Names of the traits that decide how people go on. */
export function traitsOf(definition: JourneyDefinition): string[] {
  const nodes = Object.values(definition.nodes);
  const waits = nodes.flatMap((node) => (node.kind === 'wait' ? [node.until] : []));
  const dates = waits.flatMap((until) => (until.kind === 'date' && 'trait' in until.at ? [until.at.trait] : []));
  const added = nodes.flatMap((node) =>
    node.kind === 'update' ? node.traits.filter(({ op }) => op === 'add').map(({ trait }) => trait) : [],
  );
  return [...(waits.length > 0 ? ['timezone'] : []), ...dates, ...added];
}
