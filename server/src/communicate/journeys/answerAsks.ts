import type { JourneyDefinition, JourneyNode } from '@vitrail/contracts';
import type { AskPeople, Assigner } from '../../decide/index.ts';
import type { Pg } from '../../platform/index.ts';
import { groupBy } from './groupBy.ts';
import type { Run } from './ledger.ts';
import { countBranches, readFates } from './sql/runs.pg.ts';
import type { Answers } from './walk.ts';

/** Gives a person a code of an offer, once for the same key; null: there is none left, or no such offer. */
export type ClaimCode = (
  tx: Pg,
  input: { workspace: number; offer: string; profile: number; key: string; now: Date },
) => Promise<string | null>;

export interface AskDeps {
  readonly ask: AskPeople;
  readonly claimCode: ClaimCode;
  readonly assigner: Assigner;
}

/** A run that stopped at a step only the stores can answer. */
export interface Asking {
  readonly run: Run;
  readonly root: number;
  readonly definition: JourneyDefinition;
  readonly node: string;
}

type Was = Extract<Extract<JourneyNode, { kind: 'split' }>['split'], { by: 'message' }>['was'];

/** A click proves the opening, and either the delivery. */
const proofs: Readonly<Record<Was, readonly string[]>> = {
  sent: ['sent', 'delivered', 'opened', 'clicked', 'replied'],
  delivered: ['delivered', 'opened', 'clicked', 'replied'],
  opened: ['opened', 'clicked', 'replied'],
  clicked: ['clicked'],
  bounced: ['bounced'],
  skipped: ['held', 'skipped', 'failed', 'uncertain', 'cancelled'],
};

/** Answers everybody who asks, a question per step for all who stand at it. */
export async function answerAsks(
  deps: AskDeps,
  tx: Pg,
  { workspace, asking, now }: { workspace: number; asking: readonly Asking[]; now: Date },
): Promise<ReadonlyMap<Run, Answers>> {
  const answers = new Map<Run, Answers>();
  const steps = groupBy(asking, ({ run, node }) => `${run.journey}/${run.version}/${node}`);
  for (const group of steps.values()) {
    const [first] = group;
    const node = first?.definition.nodes[first.node];
    if (first === undefined || node === undefined) continue;
    const at = { workspace, id: first.node, group, now };
    if (node.kind === 'coupon') await answerCoupons(deps, tx, at, node.offer, answers);
    if (node.kind !== 'split') continue;
    const { split } = node;
    if (split.by === 'condition') await answerConditions(deps, at, split, answers);
    if (split.by === 'message') await answerFates(tx, at, split, answers);
    if (split.by === 'random') await answerWinner(tx, at, split, answers);
    if (split.by === 'experiment') await answerExperiment(deps, tx, at, split, answers);
  }
  return answers;
}

interface At {
  readonly workspace: number;
  readonly id: string;
  readonly group: readonly Asking[];
  readonly now: Date;
}

type SplitBy<B> = Extract<Extract<JourneyNode, { kind: 'split' }>['split'], { by: B }>;

async function answerConditions(
  { ask }: AskDeps,
  { workspace, id, group, now }: At,
  split: SplitBy<'condition'>,
  answers: Map<Run, Answers>,
): Promise<void> {
  const definitions = split.branches.map((branch) => branch.if);
  const found = await ask.which(
    workspace,
    definitions,
    group.map(({ root }) => root),
    now,
  );
  for (const { run, root } of group) {
    const holding = found?.get(root);
    // A condition that cannot be asked any more holds of nobody: they go the other way, and nobody is stuck.
    const branch = holding === undefined ? -1 : definitions.findIndex((_, index) => holding.has(index));
    answers.set(run, { branches: { [id]: branch } });
  }
}

async function answerFates(
  tx: Pg,
  { workspace, id, group }: At,
  split: SplitBy<'message'>,
  answers: Map<Run, Answers>,
): Promise<void> {
  const messages = group.flatMap(({ run }) => run.context.messages[split.message] ?? []);
  const rows = messages.length === 0 ? [] : await tx.rows(readFates, { workspace, messages });
  const fates = new Map(rows.map((row) => [row.id, [row.state, ...row.kinds]]));
  for (const { run } of group) {
    const message = run.context.messages[split.message];
    const fate = message === undefined ? [] : (fates.get(message) ?? []);
    answers.set(run, { fates: { [id]: fate.some((word) => proofs[split.was].includes(word)) } });
  }
}

async function answerWinner(
  tx: Pg,
  { workspace, id, group }: At,
  split: SplitBy<'random'>,
  answers: Map<Run, Answers>,
): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const rows = await tx.rows(countBranches, { workspace, journey: first.run.journey, node: id });
  const counted = new Map(rows.map((row) => [row.way, row]));
  const rates = split.branches.map(({ name, weight }, index) => {
    const row = counted.get(name || String(index + 1));
    return { people: row?.people ?? 0, rate: (row?.goals ?? 0) / Math.max(1, row?.people ?? 0), weight };
  });
  const enough = rates.every(({ people, weight }) => weight === 0 || people >= (split.winner?.after ?? 0));
  const best = rates.reduce((leader, { rate }, index) => (rate > (rates[leader]?.rate ?? 0) ? index : leader), 0);
  for (const { run } of group) answers.set(run, { winners: { [id]: enough ? best : null } });
}

/** Gives each their variation, and tells that those who go its way were exposed: both commit with where they stand. */
async function answerExperiment(
  { assigner }: AskDeps,
  tx: Pg,
  { workspace, id, group }: At,
  split: SplitBy<'experiment'>,
  answers: Map<Run, Answers>,
): Promise<void> {
  const ask = { workspace, kind: 'journey', experiment: split.experiment } as const;
  const given = await assigner.assign(tx, { ...ask, roots: [...new Set(group.map(({ root }) => root))] });
  for (const { run, root } of group) answers.set(run, { variations: { [id]: given.get(root) ?? null } });
  // Whose variation has no branch goes with those who are not in it, and was shown nothing of it.
  const led = new Set(split.branches.map(({ variation }) => variation));
  const exposed = [...given].filter(([, variation]) => led.has(variation)).map(([root]) => root);
  await assigner.expose(tx, { ...ask, profiles: exposed });
}

async function answerCoupons(
  deps: AskDeps,
  tx: Pg,
  { workspace, id, group, now }: At,
  offer: string,
  answers: Map<Run, Answers>,
): Promise<void> {
  for (const { run, root } of group) {
    const key = `journey/${run.journey}/run/${run.id}/${id}`;
    answers.set(run, { coupons: { [id]: await deps.claimCode(tx, { workspace, offer, profile: root, key, now }) } });
  }
}
