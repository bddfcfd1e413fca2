import type { MatchKind, MatchThresholds, StartRun } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import { type Clock, type Deps, Fault, type Pg } from '../../../platform/index.ts';
import { getModel, loadPolicy, type Policy } from './policy.ts';
import { listModels, markActivated, savePolicy } from './sql/models.pg.ts';
import { findDryRun, insertRun } from './sql/runs.pg.ts';

type StartDeps = Pick<Deps, 'pg'> & { readonly clock: Clock };

/** A dry run older than this says little about the customers of today. */
const freshMs = 7 * 86_400_000;

/**
 * Queues a run. A dry run fits a model when it is asked to, or when there is none. A real run takes a model and thresholds
 * that a dry run of the last seven days has shown; they are in force from then on. Throws `conflict` when another run of the
 * kind is under way, or without such a dry run.
 */
export async function startRun(
  deps: StartDeps,
  workspace: number,
  wanted: StartRun,
  actor: Actor,
  trigger: 'manual' | 'nightly' = 'manual',
): Promise<number> {
  return deps.pg.transaction((tx) => startIn(deps, tx, workspace, wanted, actor, trigger));
}

async function startIn(
  deps: StartDeps,
  tx: Pg,
  workspace: number,
  wanted: StartRun,
  actor: Actor,
  trigger: 'manual' | 'nightly',
): Promise<number> {
  const { kind, dryRun } = wanted;
  const policy = await loadPolicy(tx, workspace, kind);
  const chosen = dryRun
    ? await chooseForDryRun(tx, workspace, wanted, policy)
    : await chooseForRun(deps, tx, workspace, wanted, policy, trigger);
  if (!dryRun) await putInForce(deps, tx, { workspace, kind, ...chosen, automatic: null, actor });
  const row = await tx.row(insertRun, {
    workspace,
    kind,
    dryRun,
    fit: chosen.model === null,
    trigger,
    model: chosen.model,
    auto: chosen.thresholds.auto,
    review: chosen.thresholds.review,
    at: deps.clock.now(),
    actor: `${actor.kind}:${actor.id}`,
  });
  if (row === null)
    throw new Fault('conflict', 'unify.run_under_way', 'A run is under way; wait for its end or cancel it.');
  await recordAudit(tx, deps, {
    workspaceId: workspace,
    actor,
    action: dryRun ? 'matching.dry_run_started' : 'matching.run_started',
    target: `run ${row.id}`,
    details: { kind, ...(chosen.model !== null && { model: chosen.model }), ...chosen.thresholds },
  });
  return row.id;
}

interface Chosen {
  readonly model: number | null;
  readonly thresholds: MatchThresholds;
}

async function chooseForDryRun(tx: Pg, workspace: number, wanted: StartRun, policy: Policy): Promise<Chosen> {
  const { kind } = wanted;
  const thresholds = wanted.thresholds ?? policy.thresholds;
  if (wanted.fit === true) return { model: null, thresholds };
  if (wanted.model !== undefined) {
    await getModel(tx, workspace, kind, wanted.model);
    return { model: wanted.model, thresholds };
  }
  const [newest] = policy.model === null ? await tx.rows(listModels, { workspace, kind }) : [];
  return { model: policy.model ?? newest?.version ?? null, thresholds };
}

/** What the newest dry run has shown is what is meant; without one, what is in force. By night only what is in force. */
async function chooseForRun(
  deps: StartDeps,
  tx: Pg,
  workspace: number,
  wanted: StartRun,
  policy: Policy,
  trigger: 'manual' | 'nightly',
): Promise<{ model: number; thresholds: MatchThresholds }> {
  const { kind, thresholds } = wanted;
  if (trigger === 'nightly' && !policy.automatic)
    throw new Fault('conflict', 'unify.matching_off', 'Automatic merging is off; a person starts runs.');
  const shown =
    trigger === 'nightly'
      ? null
      : await tx.row(findDryRun, {
          workspace,
          kind,
          model: wanted.model ?? null,
          auto: thresholds?.auto ?? null,
          review: thresholds?.review ?? null,
          since: new Date(deps.clock.now().getTime() - freshMs),
        });
  if (shown !== null)
    return {
      model: shown.model_version,
      thresholds: { auto: shown.auto_threshold, review: shown.review_threshold },
    };
  if (policy.model !== null && wanted.model === undefined && thresholds === undefined)
    return { model: policy.model, thresholds: policy.thresholds };
  throw new Fault(
    'conflict',
    'unify.dry_run_needed',
    'No dry run of the last seven days has shown what this model and these thresholds would do. Start one with `dryRun: true` and look at it first.',
  );
}

/** Puts a model and thresholds in force. Does nothing when they are already. */
async function putInForce(
  deps: StartDeps,
  tx: Pg,
  input: {
    readonly workspace: number;
    readonly kind: MatchKind;
    readonly model: number | null;
    readonly thresholds: MatchThresholds;
    readonly automatic: boolean | null;
    readonly actor: Actor;
  },
): Promise<void> {
  const { workspace, kind, model, thresholds, automatic, actor } = input;
  if (model === null) return;
  const policy = await loadPolicy(tx, workspace, kind);
  const same =
    policy.model === model &&
    policy.thresholds.auto === thresholds.auto &&
    policy.thresholds.review === thresholds.review &&
    (automatic === null || automatic === policy.automatic);
  if (same) return;
  await tx.run(savePolicy, { workspace, kind, model, ...thresholds, automatic, twoPerson: null, checkedShare: null });
  await tx.run(markActivated, {
    workspace,
    kind,
    version: model,
    at: deps.clock.now(),
    actor: `${actor.kind}:${actor.id}`,
    ...thresholds,
  });
  await recordAudit(tx, deps, {
    workspaceId: workspace,
    actor,
    action: 'matching.activated',
    target: `model ${model}`,
    details: { kind, model, ...thresholds, ...(automatic !== null && { automatic }) },
  });
}

/**
 * Puts what a dry run has shown in force, and queues the run that does it. Throws `conflict` when the dry run shows nothing
 * any more, or while another run is under way.
 */
export async function activate(
  deps: StartDeps,
  workspace: number,
  shown: {
    readonly kind: MatchKind;
    readonly dryRun: boolean;
    readonly state: string;
    readonly finishedAt: Date | null;
    readonly model: number | null;
    readonly thresholds: MatchThresholds;
  },
  automatic: boolean,
  actor: Actor,
): Promise<number> {
  const { kind, model, thresholds, finishedAt } = shown;
  const since = deps.clock.now().getTime() - freshMs;
  if (!shown.dryRun || shown.state !== 'done' || model === null || (finishedAt?.getTime() ?? 0) < since)
    throw new Fault(
      'conflict',
      'unify.dry_run_needed',
      'Only a finished dry run of the last seven days can be put in force. Start a new one and look at it first.',
    );
  return deps.pg.transaction(async (tx) => {
    await putInForce(deps, tx, { workspace, kind, model, thresholds, automatic, actor });
    return startIn(deps, tx, workspace, { kind, dryRun: false, model, thresholds }, actor, 'manual');
  });
}
