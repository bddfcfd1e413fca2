import { objectOf, type Pg, type PgRow } from '../../../platform/index.ts';
import { Roots } from '../../identity/joinIdentifiers.ts';
import type { MergeOutcome, WantedMerge } from '../../merges/joinCustomers.ts';
import { groupBy } from '../../profiles/customer.ts';
import { companyRecord } from '../records/companyRecord.ts';
import type { RecordFields } from '../records/personRecord.ts';
import { type AskedSide, type MatchSubject, pairOf } from '../subject.ts';
import { companySource, joinTraits } from './companySource.ts';
import {
  cutCompanyMerges,
  deleteCompaniesApart,
  findCompanyRoots,
  keepCompaniesApart,
  listCompaniesApart,
  listStandingCompanyMerges,
  lockCompanies,
  moveCompanies,
  readCompaniesBelow,
  recordCompanyMerges,
  restandCompanies,
} from './sql/companies.pg.ts';

/** Companies: nothing in ClickHouse hangs on them, so PostgreSQL alone changes. */
export const companySubject: MatchSubject = {
  ...companySource,
  async apart(pg, workspace) {
    return (await pg.rows(listCompaniesApart, { workspace })).map(({ low, high }) => pairOf(low, high));
  },
  async roots(pg, workspace, ids) {
    const rows = await pg.rows(findCompanyRoots, { workspace, numbers: ids });
    return new Map(rows.map(({ number, root_number }) => [number, root_number]));
  },
  // A company has no identifiers of which it may have only so many.
  foresee: async (_, __, pairs) => pairs.map(() => 'merged'),
  async join(deps, workspace, wanted, also) {
    await deps.pg.transaction(async (tx) => {
      await tx.row(lockCompanies, { workspace });
      await also(tx, await joinCompanies(tx, workspace, deps.clock.now(), wanted));
    });
  },
  async cut(deps, workspace, actor, choose, also) {
    return deps.pg.transaction(async (tx) => {
      await tx.row(lockCompanies, { workspace });
      const merges = await choose(tx);
      if (merges.length > 0) {
        const ids = merges.map(({ id }) => id);
        const cut = await tx.rows(cutCompanyMerges, { workspace, ids, at: deps.clock.now(), actor });
        await tx.run(restandCompanies, { workspace, roots: [...new Set(cut.map(({ root_number }) => root_number))] });
      }
      await also(tx);
      return merges.length;
    });
  },
  standingMerges: async (tx, workspace, run, limit) => [
    ...(await tx.rows(listStandingCompanyMerges, { workspace, run, limit })),
  ],
  async keepApart(tx, workspace, [low, high], at, actor) {
    await tx.run(keepCompaniesApart, { workspace, low, high, at, actor });
  },
  async allowAgain(tx, workspace, [low, high], at) {
    await tx.run(deleteCompaniesApart, { workspace, low, high, at });
  },
  async recordsOf(pg, workspace, [left, right]) {
    const parts = await readBelow(pg, workspace, [left, right]);
    return [recordOf(parts.get(left.id) ?? []), recordOf(parts.get(right.id) ?? [])];
  },
  async sides(pg, workspace, asked) {
    return new Map(
      [...(await readBelow(pg, workspace, asked))].map(([top, parts]) => {
        const fields = recordOf(parts);
        const own = parts.find(({ number }) => number === top) ?? parts[0];
        return [
          top,
          {
            id: own?.group_id ?? '',
            name: fields.name ?? null,
            detail: fields.city ?? fields.domain ?? null,
            profile: null,
          },
        ];
      }),
    );
  },
  values: async () => new Map(),
  consequences: async () => ({
    events: { left: [], right: [] },
    totals: null,
    consents: [],
    segments: [],
    household: false,
  }),
};

type Part = PgRow<typeof readCompaniesBelow.row>;

async function readBelow(pg: Pg, workspace: number, asked: readonly AskedSide[]): Promise<Map<number, Part[]>> {
  if (asked.length === 0) return new Map();
  const distinct = [...new Map(asked.map((side) => [side.id, side])).values()];
  const rows = await pg.rows(readCompaniesBelow, {
    workspace,
    tops: distinct.map(({ id }) => id),
    before: distinct.map(({ before }) => before),
  });
  return groupBy(rows, ({ top }) => top);
}

const recordOf = (parts: readonly Part[]): RecordFields =>
  companyRecord(joinTraits(parts.map(({ traits }) => objectOf(traits)))) ?? {};

async function joinCompanies(
  tx: Pg,
  workspace: number,
  at: Date,
  wanted: readonly WantedMerge[],
): Promise<MergeOutcome[]> {
  const numbers = [...new Set(wanted.flatMap(({ left, right }) => [left, right]))];
  const standing = await tx.rows(findCompanyRoots, { workspace, numbers });
  const rootOf = new Map(standing.map(({ number, root_number }) => [number, root_number]));
  const apart = (await tx.rows(listCompaniesApart, { workspace })).map(({ low, high }) => [low, high] as const);
  const roots = new Roots({ identifiers: new Map(), counts: new Map(), apart }, new Map());
  const decided = wanted.map((want): MergeOutcome | { winnerId: number; loserId: number; want: WantedMerge } => {
    const [left, right] = [rootOf.get(want.left), rootOf.get(want.right)];
    if (left === undefined || right === undefined) return { outcome: 'gone' };
    const merge = roots.merge(left, right, want.explicit);
    if (merge === 'same') return { outcome: 'already_one' };
    if (typeof merge === 'string') return { outcome: 'cannot_link' };
    return { winnerId: merge.winnerId, loserId: merge.loserId, want };
  });
  const made = decided.filter((each) => 'want' in each);
  const recorded =
    made.length === 0
      ? []
      : await tx.rows(recordCompanyMerges, {
          workspace,
          at,
          winners: made.map(({ winnerId }) => winnerId),
          losers: made.map(({ loserId }) => loserId),
          kinds: made.map(({ want }) => want.kind),
          runs: made.map(({ want }) => want.run),
          evidence: made.map(({ want }) => want.evidence),
        });
  const mergeOf = new Map(recorded.map(({ id, loser_number }) => [loser_number, id]));
  const finalRoots = roots.moved();
  if (made.length > 0)
    await tx.run(moveCompanies, {
      workspace,
      losers: made.map(({ loserId }) => loserId),
      roots: made.map(({ loserId }) => finalRoots.get(loserId) ?? loserId),
      merges: made.map(({ loserId }) => mergeOf.get(loserId) ?? 0),
    });
  return decided.map((each) =>
    'outcome' in each
      ? each
      : { outcome: 'merged', merge: mergeOf.get(each.loserId) ?? 0, winner: each.winnerId, loser: each.loserId },
  );
}
