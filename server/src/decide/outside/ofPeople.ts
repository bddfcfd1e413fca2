import { type OutsideOfPerson, outsideBasisSchema, outsideUseSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeProfileId } from '../../collect/index.ts';
import type { PersonalData } from '../../govern/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { listMembersOf } from '../segments/sql/memberships.pg.ts';
import { type ReadConsents, usableUntil } from './copyStanding.ts';
import { listMappingsOf } from './sql/mappings.pg.ts';
import { deleteMembersOf, listOfPeople } from './sql/members.pg.ts';
import { deleteOutsidePeople } from './sql/people.ch.ts';

const givenBySchema = z.enum(['file', 'api']);

/** What partners say of a customer, who says so, on what basis, and whether it may be used. Throws `not_found`. */
export async function readOutsideOf(
  deps: Pick<Deps, 'pg' | 'clock'> & { readonly readConsents: ReadConsents },
  workspace: number,
  profile: string,
): Promise<OutsideOfPerson> {
  const id = decodeProfileId(profile);
  const parts = id === null ? [] : await deps.pg.rows(listMembersOf, { workspace, profiles: [id] });
  const [first] = parts;
  if (first === undefined)
    throw new Fault('not_found', 'decide.profile_not_found', 'There is no such profile in this workspace.');
  const rows = await deps.pg.rows(listOfPeople, { workspace, profiles: parts.map((part) => part.id) });
  const purposes = [...new Set(rows.map(({ purpose }) => purpose))];
  const said = new Map(
    await Promise.all(
      purposes.map(async (purpose) => {
        const allowances = await deps.readConsents(workspace, purpose, [first.root_id]);
        return [purpose, allowances.get(first.root_id)] as const;
      }),
    ),
  );
  const now = deps.clock.now();
  return {
    items: rows.map((row) => {
      const usable = usableUntil(row.basis, row.expires_at, said.get(row.purpose)) > now.getTime();
      return {
        provider: { id: String(row.provider_id), key: row.key, name: row.name },
        segment: row.segment,
        basis: outsideBasisSchema.parse(row.basis),
        purpose: row.purpose,
        uses: outsideUseSchema.array().parse(row.uses),
        since: row.since.toISOString(),
        expiresAt: row.expires_at.toISOString(),
        givenBy: givenBySchema.parse(row.given_by),
        usable,
        why: usable ? 'usable' : row.expires_at <= now ? 'over' : 'not_allowed',
      };
    }),
  };
}

/** For the right of access: what partners said of somebody, with their basis, and the ids they know the person by. */
export async function exportOutside(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  profiles: readonly number[],
): ReturnType<PersonalData['export']> {
  const rows = await pg.rows(listOfPeople, { workspace, profiles });
  const mappings = await pg.rows(listMappingsOf, { workspace, profiles });
  return {
    outsideSegments: rows.map((row) => ({
      partner: row.name,
      segment: row.segment,
      basis: row.basis,
      purpose: row.purpose,
      uses: [...row.uses],
      since: row.since.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    })),
    partnerIds: mappings.map((row) => ({
      partner: row.key,
      whose: row.kind,
      id: row.value,
      since: row.at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    })),
  };
}

/** For the right to be forgotten; repeatable. */
export async function eraseOutside(
  deps: Pick<Deps, 'pg' | 'ch'>,
  workspace: number,
  profiles: readonly number[],
): Promise<Readonly<Record<string, number>>> {
  const row = await deps.pg.row(deleteMembersOf, { workspace, profiles });
  await deps.ch.run(deleteOutsidePeople, { workspace, profiles });
  return { outsideMembers: row?.members ?? 0, outsideMappings: row?.mappings ?? 0 };
}
