import { lawfulBases } from '@vitrail/contracts';
import type { PgRow } from '../../platform/index.ts';
import { type ConsentDeps, changeConsents } from './changeConsents.ts';
import { readChannel } from './readChannel.ts';
import type { ConsentFact } from './recordConsents.ts';
import { listEndedPauses } from './sql/ledger.pg.ts';

const atOnce = 500;

/**
 * Pauses that are over: what the person had allowed holds again, as they were told when they chose the pause; where they had
 * allowed nothing the refusal simply stays. Returns how many.
 */
export async function resumePauses(deps: ConsentDeps): Promise<number> {
  let resumed = 0;
  for (;;) {
    const ended = await deps.pg.rows(listEndedPauses, { now: deps.clock.now(), limit: atOnce });
    if (ended.length === 0) return resumed;
    for (const workspace of new Set(ended.map(({ workspace_id }) => workspace_id))) {
      const facts = ended.filter(({ workspace_id }) => workspace_id === workspace).map(factOf);
      await changeConsents(deps, workspace, facts);
      resumed += facts.length;
    }
  }
}

const factOf = (row: PgRow<typeof listEndedPauses.row>): ConsentFact => ({
  profile: row.profile_id,
  purpose: row.purpose,
  channel: readChannel(row.channel),
  state: row.granted ? 'granted' : 'denied',
  basis: lawfulBases.find((basis) => basis === row.basis) ?? 'consent',
  at: row.until,
  expiresAt: row.granted ? row.expires_at : null,
  source: 'preference_centre',
  actor: 'system:pause',
  proof: { reason: 'the pause is over' },
});
