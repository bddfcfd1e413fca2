import { type ProfileRfm, personaOrProspectKeys, prospects, type RfmMovement } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeProfileId } from '../../collect/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { addDays, localDay } from '../analytics/days.ts';
import { never } from '../segments/compile/moment.ts';
import { listMembersOf } from '../segments/sql/memberships.pg.ts';
import { compileEngagement, compileProfile } from './compileRfm.ts';
import { readEdges, readSettings } from './edges.ts';
import { getWorkspace } from './readRfm.ts';
import { countMovement, listPersonaDays, readPersonaRange } from './sql/personaDays.ch.ts';

type RfmDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

const known = z.enum(personaOrProspectKeys);
/** Not a buyer: not yet, or not any more. */
const personaOf = (stored: string): z.output<typeof known> => (stored === '' ? prospects : known.parse(stored));

/** How many people went from which persona to which between two days. */
export async function readMovement(
  deps: RfmDeps,
  workspace: number,
  asked: { from?: string | undefined; to?: string | undefined },
): Promise<RfmMovement> {
  const { zone } = await getWorkspace(deps, workspace);
  const to = asked.to ?? localDay(deps.clock.now(), zone);
  const from = asked.from ?? addDays(to, -30);
  if (from >= to) throw new Fault('invalid', 'decide.bad_period', '`from` must be a day before `to`.');
  const [flows, [range]] = await Promise.all([
    deps.ch.rows(countMovement, { workspace, from, to }),
    deps.ch.rows(readPersonaRange, { workspace }),
  ]);
  const first = range === undefined || range.first.startsWith('1970') ? null : range.first;
  return {
    from,
    to,
    first,
    flows: flows.map(({ before, after, profiles }) => ({ from: personaOf(before), to: personaOf(after), profiles })),
  };
}

/** One customer's scores now, what they come from, and how they changed. */
export async function readProfileRfm(deps: RfmDeps, workspace: number, id: string): Promise<ProfileRfm> {
  const now = deps.clock.now();
  const profile = decodeProfileId(id);
  const rows = profile === null ? [] : await deps.pg.rows(listMembersOf, { workspace, profiles: [profile] });
  const [{ root_id: person } = { root_id: 0 }] = rows;
  if (person === 0) throw new Fault('not_found', 'decide.profile_not_found', 'There is no customer with this id.');
  const members = rows.map((row) => row.id);
  const { currency } = await getWorkspace(deps, workspace);
  const settings = await readSettings(deps.pg, workspace);
  const { edges } = await readEdges(deps.pg, workspace, '');
  const scored = compileProfile(members, edges);
  const engaged = compileEngagement(members);
  const moment = { workspace, now: now.getTime() };
  const [[found], [engagement], history] = await Promise.all([
    deps.ch.rows(scored.query, { ...scored.values, ...moment }),
    deps.ch.rows(engaged.query, { ...engaged.values, ...moment }),
    deps.ch.rows(listPersonaDays, { workspace, person }),
  ]);
  const persona = personaOf(found?.persona ?? '');
  return {
    at: now.toISOString(),
    persona,
    name: settings.names[persona] ?? null,
    r: found?.recency ?? 0,
    f: found?.frequency ?? 0,
    m: found?.monetary ?? 0,
    e: found?.engagements ?? 0,
    orders: found?.orders ?? 0,
    revenue: found?.money ?? 0,
    currency,
    engagement: engagement?.total ?? 0,
    lastOrderAt: found === undefined ? null : new Date(found.last_ms).toISOString(),
    next: found === undefined || found.next === Number(never) ? null : new Date(found.next).toISOString(),
    history: history.map((row) => ({ day: row.day, persona: personaOf(row.persona), r: row.r, f: row.f, m: row.m })),
  };
}
