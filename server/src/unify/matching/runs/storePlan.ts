import type { Pg } from '../../../platform/index.ts';
import type { MatchDeps } from '../subject.ts';
import type { PlannedLink } from './planLinks.ts';
import type { StoredReport } from './report.ts';
import { deleteLinks, deleteTrialLinks, insertLinks } from './sql/links.pg.ts';
import { markPlanned } from './sql/runs.pg.ts';

/** Links written in one statement. */
const chunk = 5_000;
/** Merges, and questions, of a dry run that can be looked through: more than anybody reads. */
const shown = 2_000;

interface PlannedRun {
  readonly workspace: number;
  readonly id: number;
}

/** Writes down what a run will do, whole, before it does any of it. A repeat replaces what was written. */
export async function storePlan(
  deps: Pick<MatchDeps, 'pg'>,
  { workspace, id }: PlannedRun,
  links: readonly PlannedLink[],
  report: StoredReport,
): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    await tx.run(deleteLinks, { workspace, run: id });
    await writeLinks(tx, { workspace, id }, links);
    await tx.run(markPlanned, { workspace, id, report });
  });
}

/** Keeps what a dry run would do, the surest first, to be looked through until the next one. */
export async function storeTrialPlan(
  deps: Pick<MatchDeps, 'pg'>,
  { workspace, id, kind }: PlannedRun & { readonly kind: string },
  links: readonly PlannedLink[],
): Promise<void> {
  const ofAction = (action: PlannedLink['action']) => links.filter((link) => link.action === action).slice(0, shown);
  await deps.pg.transaction(async (tx) => {
    await tx.run(deleteTrialLinks, { workspace, kind });
    await writeLinks(tx, { workspace, id }, [...ofAction('merge'), ...ofAction('review')]);
  });
}

async function writeLinks(tx: Pg, { workspace, id }: PlannedRun, links: readonly PlannedLink[]): Promise<void> {
  for (let from = 0; from < links.length; from += chunk) {
    const part = links.slice(from, from + chunk);
    await tx.run(insertLinks, {
      workspace,
      run: id,
      positions: part.map((_, index) => from + index),
      lefts: part.map(({ left }) => left),
      rights: part.map(({ right }) => right),
      weights: part.map(({ weight }) => weight),
      households: part.map(({ householdWeight }) => householdWeight),
      probabilities: part.map(({ probability }) => probability),
      actions: part.map(({ action }) => action),
      vetoes: part.map(({ veto }) => veto),
    });
  }
}
