import type { PersonalData } from '../../govern/index.ts';
import type { Deps } from '../../platform/index.ts';
import { deleteLookalikePeople } from '../lookalikes/sql/lookalikes.ch.ts';
import { eraseOutside, exportOutside } from '../outside/ofPeople.ts';
import { readHeldPredictions } from '../predict/personalData.ts';
import { deleteAppetences, deleteHabits, deletePredictions, deletePublishedOf } from '../predict/sql/predictions.ch.ts';
import { eraseFromRecommendations, exportFromRecommendations } from '../recommend/personalData.ts';
import { deletePersonaDays } from '../rfm/sql/personaDays.ch.ts';
import { deleteMembershipChanges, deleteMembershipRows } from './sql/memberships.ch.ts';
import { deleteMemberships, listSegmentsOf } from './sql/memberships.pg.ts';

/** What the decide room holds about a person: the segments they are in, and were in; what was predicted of them. */
export function createDecidedData(deps: Pick<Deps, 'pg' | 'ch'>): PersonalData {
  return {
    room: 'decide',
    async export({ workspaceId: workspace, profileIds: profiles }) {
      const rows = await Promise.all(profiles.map((profile) => deps.pg.rows(listSegmentsOf, { workspace, profile })));
      return {
        segments: rows.flat().map(({ id, name, since }) => ({ id: String(id), name, since: since.toISOString() })),
        predictions: await readHeldPredictions(deps, workspace, profiles),
        ...(await exportFromRecommendations(deps, workspace, profiles)),
        ...(await exportOutside(deps, workspace, profiles)),
      };
    },
    async erase({ workspaceId: workspace, profileIds: profiles }) {
      const row = await deps.pg.row(deleteMemberships, { workspace, profiles });
      await deps.ch.run(deleteMembershipRows, { workspace, profiles });
      await deps.ch.run(deleteMembershipChanges, { workspace, profiles });
      await deps.ch.run(deletePersonaDays, { workspace, profiles });
      await deps.ch.run(deletePredictions, { workspace, profiles });
      await deps.ch.run(deletePublishedOf, { workspace, profiles });
      await deps.ch.run(deleteHabits, { workspace, profiles });
      await deps.ch.run(deleteAppetences, { workspace, profiles });
      await deps.ch.run(deleteLookalikePeople, { workspace, profiles });
      await eraseFromRecommendations(deps, workspace, profiles);
      return { memberships: row?.memberships ?? 0, ...(await eraseOutside(deps, workspace, profiles)) };
    },
  };
}
