import type { Deps } from '../../platform/index.ts';
import { readStandings } from './points.ts';
import { listRunningOffers } from './sql/offers.pg.ts';
import { readLoyalty } from './sql/points.pg.ts';
import { readRules } from './takeOrders.ts';

/** A changed end, or changed rules, are followed so soon. */
const freshMs = 2_000;

/** Remembers an answer by workspace for a moment; who asks meanwhile waits for the same one. */
function remembered<T>(read: (workspace: number) => Promise<T>): (workspace: number) => Promise<T> {
  const held = new Map<number, { readonly at: number; readonly answer: Promise<T> }>();
  return (workspace) => {
    const known = held.get(workspace);
    if (known !== undefined && performance.now() - known.at < freshMs) return known.answer;
    const answer = read(workspace);
    held.set(workspace, { at: performance.now(), answer });
    // What failed is asked again by the next.
    answer.catch(() => held.delete(workspace));
    return answer;
  };
}

/** What pages of the shop may say of offers and of somebody's points. One for each process. */
export function createShopBenefits({ pg, clock }: Pick<Deps, 'pg' | 'clock'>) {
  const readEnds = remembered(async (workspace: number) => {
    const rows = await pg.rows(listRunningOffers, { workspace, now: clock.now() });
    return new Map(rows.map(({ key, ends_at }) => [key, ends_at]));
  });
  const hasProgramme = remembered(async (workspace: number) => {
    const row = await pg.row(readLoyalty, { workspace });
    return readRules(row?.rules ?? null)?.active === true;
  });
  return {
    /** Offers that run now, by key, and when each ends; null: it has no end. */
    offerEnds: (workspace: number): Promise<ReadonlyMap<string, Date | null>> => readEnds(workspace),
    /** A customer's points; null where there is no programme. */
    async standing(workspace: number, root: number) {
      if (!(await hasProgramme(workspace))) return null;
      const { balance, tier, nextTier } = (await readStandings(pg, workspace, [root], clock.now()))(root);
      return { points: balance, tier, next: nextTier };
    },
  };
}
