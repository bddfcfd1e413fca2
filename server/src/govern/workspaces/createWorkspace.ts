import type { Deps } from '../../platform/index.ts';
import { recordAudit } from '../audit/recordAudit.ts';
import { insertMember } from '../sql/members.pg.ts';
import {
  type NewWorkspace,
  type Provisioning,
  provisionWorkspace,
  type WorkspaceSettings,
} from './provisionWorkspace.ts';

/** One more workspace, with `userId` as its owner. */
export async function createWorkspace(
  deps: Pick<Deps, 'pg' | 'clock'> & { readonly provisioning: Pick<Provisioning, 'defaults'> },
  settings: WorkspaceSettings,
  userId: string,
): Promise<NewWorkspace> {
  return deps.pg.transaction(async (tx) => {
    const workspace = await provisionWorkspace(tx, deps.provisioning, settings);
    await tx.run(insertMember, { workspace: workspace.id, user: userId, role: 'owner' });
    await recordAudit(tx, deps, {
      workspaceId: workspace.id,
      actor: { kind: 'user', id: userId },
      action: 'workspace.created',
      target: `workspace ${workspace.id}`,
    });
    return workspace;
  });
}
