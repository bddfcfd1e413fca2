import type { PersonalData } from '../govern/index.ts';
import type { Deps } from '../platform/index.ts';
import { eraseAssigned, exportAssigned } from './assigner/sql/assigned.pg.ts';
import { eraseCaptured, exportCaptured } from './capture/personalData.ts';
import { eraseSeen, exportSeen } from './decisions/sql/decisions.pg.ts';

/** What the experience room holds about a person: what they saw and answered on the shop's pages, and what experiments gave them. */
export function createExperiencedData(deps: Pick<Deps, 'pg'>): PersonalData {
  return {
    room: 'experience',
    async export({ workspaceId: workspace, profileIds: profiles }) {
      const [seen, assigned, captured] = await Promise.all([
        deps.pg.rows(exportSeen, { workspace, profiles }),
        deps.pg.rows(exportAssigned, { workspace, profiles }),
        exportCaptured(deps, { workspace, profiles }),
      ]);
      return {
        experiences: seen.map((row) => ({
          experience: row.experience,
          variant: row.variant,
          views: row.views,
          firstSeenAt: row.first_at.toISOString(),
          lastSeenAt: row.last_at.toISOString(),
          clickedAt: row.clicked_at?.toISOString() ?? null,
          closedAt: row.closed_at?.toISOString() ?? null,
        })),
        ...captured,
        experiments: assigned.map((row) => ({
          experiment: row.experiment,
          variation: row.variation,
          givenAt: row.at.toISOString(),
          exposedAt: row.exposed_at?.toISOString() ?? null,
        })),
      };
    },
    async erase({ workspaceId: workspace, profileIds: profiles }) {
      return {
        ...(await eraseCaptured(deps, { workspace, profiles })),
        experiencesSeen: await deps.pg.run(eraseSeen, { workspace, profiles }),
        experimentsGiven: await deps.pg.run(eraseAssigned, { workspace, profiles }),
      };
    },
  };
}
