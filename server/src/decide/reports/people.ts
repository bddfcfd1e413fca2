import type { ReportPeople } from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import { type Deps, decodeCursor, encodeCursor } from '../../platform/index.ts';
import { ask } from './ask.ts';
import { type Draft, finish } from './compile/text.ts';

/** A query that gives `person` once or more for everybody behind a point. */
export interface PeopleQuery {
  readonly draft: Draft;
  readonly text: string;
}

const positionSchema = z.tuple([z.number().int().nonnegative()]);

/** A page of the people behind a point, by id, with how many there are in all. */
export async function readPeople(
  deps: Pick<Deps, 'ch'>,
  { draft, text }: PeopleQuery,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ReportPeople> {
  const after = cursor === undefined ? 0 : decodeCursor(cursor, positionSchema)[0];
  const { params } = draft;
  const page = finish(
    draft,
    'decide.reportPeople',
    { person: 'UInt64', people: 'UInt64' },
    `
    select person, people
    from (select person, count() over () as people from (select distinct person from (${text})))
    where person > ${params.bind('UInt64', after)}
    order by person
    limit ${params.bind('UInt32', limit + 1)}`,
  );
  const rows = await ask(deps, page);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    // Behind the last page there is nothing left to count by.
    count: rows[0]?.people ?? 0,
    items: items.map(({ person }) => encodeProfileId(person)),
    next: rows.length > limit && last !== undefined ? encodeCursor([last.person]) : null,
  };
}
