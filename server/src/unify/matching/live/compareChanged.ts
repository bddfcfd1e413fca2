import type { MatchModel } from '@vitrail/contracts';
import type { WantedMerge } from '../../merges/joinCustomers.ts';
import type { ScoredPair } from '../engine/index.ts';
import { recordQuery } from '../records/recordQuery.ts';
import { findDifferent, type RecordSet, writeRecords } from '../records/writeRecords.ts';
import { closeUnlikely } from '../reviews/closeStale.ts';
import { openReviews, type Question } from '../reviews/openReviews.ts';
import { askBlocked, drawChecks, wantedBy } from '../runs/applyLinks.ts';
import { getModel, loadPolicy, type Policy } from '../runs/policy.ts';
import { findLiveRun, insertLiveRun } from '../runs/sql/runs.pg.ts';
import { spaceOf } from '../space.ts';
import { readDayStart } from '../sql/workspace.pg.ts';
import { type MatchDeps, type MatchSubject, pairOf } from '../subject.ts';
import { findVeto } from './findVeto.ts';

/** Records compared by one question to ClickHouse. */
const scoredAtOnce = 100;

/**
 * Brings records that changed up to date and compares them with everybody by the model in force: merges what is certain
 * enough, asks about what is not, closes questions that are moot. Records of which nothing changed that matters are left,
 * but for `all`: a former try may have written them and not come to compare them.
 */
export async function compareChanged(
  deps: MatchDeps,
  subject: MatchSubject,
  workspace: number,
  changed: readonly number[],
  options: { readonly signal: AbortSignal; readonly all: boolean },
): Promise<void> {
  const { signal } = options;
  const policy = await loadPolicy(deps.pg, workspace, subject.kind);
  if (policy.model === null) return;
  const model = await getModel(deps.pg, workspace, subject.kind, policy.model);
  const set: RecordSet = { source: subject, trial: false };
  const space = spaceOf(deps, workspace, subject.kind, false);
  const more = model.settings.comparisons.map(({ field }) => field).filter((field) => field !== 'address');
  const roots = await subject.roots(deps.pg, workspace, changed);
  const ids = [...new Set([...changed, ...roots.values()])];
  const current = await subject.read(deps.pg, workspace, [...new Set(roots.values())], more);
  const different = options.all ? current.map(({ id }) => id) : await findDifferent(deps, set, workspace, current);
  const gone = ids.filter((id) => roots.get(id) !== id);
  const { records, removed } = await writeRecords(deps, set, workspace, [...different, ...gone], more);
  signal.throwIfAborted();
  const compared = records.map(({ id }) => id);
  await deps.engine.updateRecords(
    space,
    model.settings,
    recordQuery(set, workspace, model.settings, compared),
    removed,
    { signal },
  );
  if (!policy.automatic) return;
  for (let from = 0; from < compared.length; from += scoredAtOnce) {
    const part = compared.slice(from, from + scoredAtOnce);
    const least = policy.thresholds.review;
    const pairs = await deps.engine.scoreRecords(space, model, part, { least, signal });
    await act(deps, subject, { workspace, policy, model, version: policy.model, part }, pairs);
  }
}

interface Acting {
  readonly workspace: number;
  readonly policy: Policy;
  readonly model: MatchModel;
  readonly version: number;
  /** Records that were compared. */
  readonly part: readonly number[];
}

type Link = {
  readonly position: number;
  readonly left_id: number;
  readonly right_id: number;
  readonly weight: number;
  readonly household_weight: number;
  readonly probability: number;
};

async function act(
  deps: MatchDeps,
  subject: MatchSubject,
  acting: Acting,
  pairs: readonly ScoredPair[],
): Promise<void> {
  const { workspace, policy, version, model } = acting;
  const likely = new Set(pairs.map(({ left, right }) => pairOf(left, right).join(' ')));
  await closeUnlikely(deps, subject, workspace, acting.part, likely);
  if (pairs.length === 0) return;
  const ids = [...new Set(pairs.flatMap(({ left, right }) => [left, right]))];
  const fields = new Map(
    (await subject.read(deps.pg, workspace, ids, model.settings.exclusive)).map((record) => [record.id, record.fields]),
  );
  const merges: Link[] = [];
  const questions: Question[] = [];
  for (const [position, pair] of pairs.entries()) {
    const { left, right, weight, householdWeight, probability } = pair;
    const veto = findVeto(fields.get(left) ?? {}, fields.get(right) ?? {}, model.settings.exclusive);
    if (probability >= policy.thresholds.auto && veto === null)
      merges.push({ position, left_id: left, right_id: right, weight, household_weight: householdWeight, probability });
    else {
      const reason = veto !== null && probability >= policy.thresholds.auto ? 'veto' : 'band';
      questions.push({ position, left, right, weight, householdWeight, probability, veto, reason, merge: null });
    }
  }
  const at = deps.clock.now();
  if (merges.length > 0) {
    const run = await liveRun(deps, subject, acting);
    const wanted = merges.map((link): WantedMerge => wantedBy(link, { run, model: version }));
    await subject.join(deps, workspace, wanted, async (tx, outcomes) => {
      const checks = [...drawChecks(merges, outcomes, policy.checkedShare), ...askBlocked(merges, outcomes)];
      await openReviews(tx, subject, { workspace, at, run, model: version, questions: checks });
    });
  }
  await deps.pg.transaction((tx) => openReviews(tx, subject, { workspace, at, run: null, model: version, questions }));
}

/** What is merged while records arrive is one run a day and model, so that it can be undone as one. */
async function liveRun(
  deps: MatchDeps,
  subject: MatchSubject,
  { workspace, policy, version }: Acting,
): Promise<number> {
  const now = deps.clock.now();
  const { kind } = subject;
  const since = (await deps.pg.row(readDayStart, { workspace, now }))?.day_start ?? now;
  const known = await deps.pg.row(findLiveRun, { workspace, kind, model: version, since });
  if (known !== null) return known.id;
  const made = await deps.pg.row(insertLiveRun, { workspace, kind, model: version, ...policy.thresholds, at: now });
  return made?.id ?? 0;
}
