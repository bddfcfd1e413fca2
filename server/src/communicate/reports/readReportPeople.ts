import type { MessageReportPeopleQuery, ReportPeople } from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import { readScope } from '../../decide/index.ts';
import { type Deps, decodeCursor, encodeCursor, Fault } from '../../platform/index.ts';
import { otherKey, partOf } from './readMessageReport.ts';
import { listReportPeople } from './sql/reports.pg.ts';

const positionSchema = z.tuple([z.int().nonnegative()]);

/** A page of the customers behind one number of a report. */
export async function readReportPeople(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  query: MessageReportPeopleQuery,
): Promise<ReportPeople> {
  const { key, metric, cursor, limit } = query;
  if (key === otherKey) {
    throw new Fault(
      'invalid',
      'communicate.others_not_listed',
      'The people behind all other rows are not listed: ask for a row of its own, or for all.',
    );
  }
  const { current } = await readScope(deps, workspace, query);
  const rows = await deps.pg.rows(listReportPeople, {
    workspace,
    ...partOf(query),
    from: new Date(current.fromMs),
    to: new Date(current.toMs),
    key: key ?? null,
    metric,
    after: cursor === undefined ? 0 : decodeCursor(cursor, positionSchema)[0],
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    count: rows[0]?.people ?? 0,
    items: items.map(({ root }) => encodeProfileId(root)),
    next: rows.length > limit && last !== undefined ? encodeCursor([last.root]) : null,
  };
}
