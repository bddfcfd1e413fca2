import type { Clock, Json, Pg } from '../../platform/index.ts';
import type { Principal } from '../principal.ts';
import { insertAudit } from '../sql/audit.pg.ts';

/** Who did something: a person, an API key, the system by itself, or somebody at the command line. */
export interface Actor {
  readonly kind: 'user' | 'key' | 'system' | 'command';
  /** Id of the person or key; for the system and the command line the name of the part: `bootstrap`, `vitrail import`. */
  readonly id: string;
}

export const actorOf = ({ kind, id }: Principal): Actor => ({ kind, id });

export interface AuditRecord {
  readonly workspaceId: number;
  readonly actor: Actor;
  /** `noun.pastVerb`: `profile.erased`, `key.created`. */
  readonly action: string;
  /** What it was done to, as ids: `key 12`, `profile 3fK…`. */
  readonly target: string;
  /** Counts, ids and settings; never personal data or secrets. */
  readonly details?: { readonly [name: string]: Json };
}

/** Appends to the audit log. Pass the transaction that does the act, so that neither stands without the other. */
export async function recordAudit(tx: Pg, { clock }: { readonly clock: Clock }, record: AuditRecord): Promise<void> {
  await tx.run(insertAudit, {
    workspace: record.workspaceId,
    at: clock.now(),
    actorKind: record.actor.kind,
    actorId: record.actor.id,
    action: record.action,
    target: record.target,
    details: record.details ?? {},
  });
}
