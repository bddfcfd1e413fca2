import { type AdAudience, adAudienceSchema, adCountsSchema, adKindSchema, adKinds } from '@vitrail/contracts';
import { type Deps, objectOf } from '../../platform/index.ts';
import { noAudience } from './changeAudiences.ts';
import { listAdAudiences } from './sql/audiences.pg.ts';
import { countAdMembers } from './sql/members.pg.ts';

const nothing = { emails: 0, phones: 0, to_add: 0, to_remove: 0 };

/** All advertising audiences of a workspace, without their secrets. */
export async function listAudiences({ pg }: Pick<Deps, 'pg'>, workspace: number): Promise<AdAudience[]> {
  const rows = await pg.rows(listAdAudiences, { workspace });
  if (rows.length === 0) return [];
  const counted = new Map((await pg.rows(countAdMembers, { workspace })).map((row) => [row.audience_id, row]));
  return rows.map((row) => {
    const kind = adKindSchema.parse(row.kind);
    const { emails, phones, to_add: toAdd, to_remove: toRemove } = counted.get(row.id) ?? nothing;
    return adAudienceSchema.parse({
      id: String(row.id),
      name: row.name,
      kind,
      segment: { id: String(row.segment_id), name: row.segment_name },
      settings: objectOf(row.settings),
      secretsSet: adKinds[kind].fields.filter(({ secret }) => secret).map(({ name }) => name),
      state: row.state,
      counts: row.counts === null ? null : adCountsSchema.parse(row.counts),
      lookedAt: row.looked_at?.toISOString() ?? null,
      addresses: { emails, phones, toAdd, toRemove },
      handedAt: row.handed_at?.toISOString() ?? null,
      error: row.error,
      errorDetail: row.error_detail,
      retryAt: row.retry_at?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
    });
  });
}

export async function readAudience(deps: Pick<Deps, 'pg'>, workspace: number, id: number): Promise<AdAudience> {
  const found = (await listAudiences(deps, workspace)).find((each) => each.id === String(id));
  if (found === undefined) throw noAudience();
  return found;
}
