import type { PersonalData } from '../../govern/index.ts';
import type { Deps } from '../../platform/index.ts';
import { deletePersonaDays } from '../rfm/sql/personaDays.ch.ts';
import { deleteMembershipChanges, deleteMembershipRows } from './sql/memberships.ch.ts';
import { deleteMemberships, listSegmentsOf } from './sql/memberships.pg.ts';

/** What the decide room holds about a person: the segments they are in, and were in. */
export function createDecidedData(deps: Pick<Deps, 'pg' | 'ch'>): PersonalData {
  return {
    room: 'decide',
    async export({ workspaceId: workspace, profileIds: profiles }) {
      const rows = await Promise.all(profiles.map((profile) => deps.pg.rows(listSegmentsOf, { workspace, profile })));
      return {
        segments: rows.flat().map(({ id, name, since }) => ({ id: String(id), name, since: since.toISOString() })),
      };
    },
    async erase({ workspaceId: workspace, profileIds: profiles }) {
      const row = await deps.pg.row(deleteMemberships, { workspace, profiles });
      await deps.ch.run(deleteMembershipRows, { workspace, profiles });
      await deps.ch.run(deleteMembershipChanges, { workspace, profiles });
      await deps.ch.run(deletePersonaDays, { workspace, profiles });
      return { memberships: row?.memberships ?? 0 };
    },
  };
}
