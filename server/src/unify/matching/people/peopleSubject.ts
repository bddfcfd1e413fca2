import { loadRules } from '../../identity/loadKnown.ts';
import { listApart } from '../../identity/sql/identity.pg.ts';
import { cutMerges } from '../../merges/cutMerges.ts';
import { foreseeJoins, joinCustomers } from '../../merges/joinCustomers.ts';
import { listStandingMerges } from '../../merges/sql/joinCustomers.pg.ts';
import { keepApart } from '../../merges/sql/merges.pg.ts';
import { findRoots } from '../../profiles/sql/projectCustomers.pg.ts';
import { peopleSource } from '../records/peopleSource.ts';
import { personRecord } from '../records/personRecord.ts';
import type { MatchSubject } from '../subject.ts';
import { foreseeMerge } from './foreseeMerge.ts';
import { loadSides, presentSide } from './loadSides.ts';
import { deleteApart, listAllApart, sumRevenue } from './sql/people.pg.ts';

/** People: joined and taken apart through the pipeline, so that segments, orders and reports follow. */
export const peopleSubject: MatchSubject = {
  ...peopleSource,
  async apart(pg, workspace, among) {
    if (among !== undefined)
      return (await pg.rows(listApart, { workspace, roots: among })).map(
        (row) => [row.low_root, row.high_root] as const,
      );
    return (await pg.rows(listAllApart, { workspace })).map(({ low, high }) => [low, high] as const);
  },
  async roots(pg, workspace, ids) {
    return new Map((await pg.rows(findRoots, { workspace, profiles: ids })).map(({ id, root_id }) => [id, root_id]));
  },
  foresee: foreseeJoins,
  async join(deps, workspace, wanted, also) {
    await deps.pipeline.change(workspace, async (tx, version) => {
      const joined = await joinCustomers(tx, { workspace, version, at: deps.clock.now(), wanted });
      await also(tx, joined.outcomes);
      return joined;
    });
  },
  async cut(deps, workspace, actor, choose, also) {
    let undone = 0;
    await deps.pipeline.change(workspace, async (tx, version) => {
      const merges = await choose(tx);
      undone = merges.length;
      const change =
        merges.length === 0
          ? { shipments: [], changed: [] }
          : await cutMerges(tx, { workspace, version, at: deps.clock.now(), actor, merges });
      await also(tx);
      return change;
    });
    return undone;
  },
  standingMerges: async (tx, workspace, run, limit) => [
    ...(await tx.rows(listStandingMerges, { workspace, run, limit })),
  ],
  async keepApart(tx, workspace, [low, high], at, actor) {
    await tx.run(keepApart, { workspace, low, high, at, actor });
  },
  async allowAgain(tx, workspace, [low, high], at) {
    await tx.run(deleteApart, { workspace, low, high, at });
  },
  async sides(pg, workspace, asked) {
    const customers = await loadSides(pg, workspace, asked);
    return new Map([...customers].map(([id, customer]) => [id, presentSide(customer)]));
  },
  async recordsOf(pg, workspace, [left, right]) {
    const { namespaces } = await loadRules(pg, workspace);
    const customers = await loadSides(pg, workspace, [left, right]);
    const recordOf = (id: number) => {
      const customer = customers.get(id);
      return customer === undefined ? {} : (personRecord(customer, namespaces) ?? {});
    };
    return [recordOf(left.id), recordOf(right.id)];
  },
  async values(pg, workspace, ids) {
    const rows = await pg.rows(sumRevenue, { workspace, roots: ids });
    return new Map(rows.map(({ root_id, revenue }) => [root_id, revenue]));
  },
  consequences: foreseeMerge,
};
