import type { JsonObject, Pg } from '../../platform/index.ts';
import { dismissPerson, listAudiencesOf } from './sql/members.pg.ts';

/** To which advertising companies a person was handed on, for access and portability. */
export async function exportAdAudiences(
  { pg }: { readonly pg: Pg },
  workspace: number,
  profiles: readonly number[],
): Promise<JsonObject> {
  const rows = await pg.rows(listAudiencesOf, { workspace, profiles });
  return {
    adAudiences: rows.map(({ audience, company, kind, state, since }) => ({
      audience,
      company,
      address: kind,
      state,
      handedAt: since.toISOString(),
    })),
  };
}

/** The companies are told next; until then nothing stays but the hash they know. May be repeated. */
export async function eraseAdAudiences(
  { pg }: { readonly pg: Pg },
  workspace: number,
  profiles: readonly number[],
): Promise<Readonly<Record<string, number>>> {
  return { adAddresses: (await pg.row(dismissPerson, { workspace, profiles }))?.addresses ?? 0 };
}
