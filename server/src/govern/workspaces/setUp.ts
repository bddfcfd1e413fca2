import { type Deps, Fault, type Pg } from '../../platform/index.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { recordAudit } from '../audit/recordAudit.ts';
import { holdLock, tryLock } from '../sql/installation.pg.ts';
import { hasMembers, insertMember } from '../sql/members.pg.ts';
import { findFirstWorkspace, updateWorkspace } from '../sql/workspaces.pg.ts';
import { type Provisioning, provisionWorkspace, type WorkspaceSettings } from './provisionWorkspace.ts';

const setupLock = 7_245_002;

export interface FirstOwner {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

type SetupDeps = Pick<Deps, 'pg' | 'clock'> & { readonly accounts: Accounts; readonly provisioning: Provisioning };

/** True until somebody is a member of a workspace. */
export async function isSetupNeeded(pg: Pg): Promise<boolean> {
  return (await pg.row(hasMembers, {}))?.some !== true;
}

/** Waits for the lock under which the first owner and workspace are made, by whichever process comes first. */
export async function holdSetupLock(tx: Pg): Promise<void> {
  await tx.row(holdLock, { lock: setupLock });
}

/**
 * The account of the first owner. One left over from a set-up that failed after the library had stored it belongs to no
 * workspace, so it can do nothing and is simply taken over.
 */
export async function createOwnerAccount(accounts: Accounts, owner: FirstOwner): Promise<string> {
  const leftOver = await accounts.findByEmail(owner.email);
  if (leftOver === null) return (await accounts.create(owner)).id;
  await accounts.setPassword(leftOver.id, owner.password);
  return leftOver.id;
}

/** Makes the first owner and the first workspace, once: a second call, even at the same moment, is a `conflict`. */
export async function setUp(
  deps: SetupDeps,
  request: FirstOwner & { readonly workspace: WorkspaceSettings },
): Promise<{ workspaceId: number; userId: string }> {
  return deps.pg.transaction(async (tx) => {
    // Not waited for: requests that wait would hold every connection, and the one that works needs a second.
    if ((await tx.row(tryLock, { lock: setupLock }))?.held !== true)
      throw new Fault('conflict', 'govern.setup_running', 'Somebody else is setting this installation up right now.');
    if (!(await isSetupNeeded(tx)))
      throw new Fault('conflict', 'govern.already_set_up', 'This installation is already set up. Sign in instead.');
    const userId = await createOwnerAccount(deps.accounts, request);
    // A start with keys in the environment and no owner has made the workspace already; its base currency is settled.
    const waiting = await tx.row(findFirstWorkspace, {});
    const { name, country, timeZone, language } = request.workspace;
    if (waiting !== null) await tx.row(updateWorkspace, { workspace: waiting.id, name, country, timeZone, language });
    const workspaceId = waiting?.id ?? (await provisionWorkspace(tx, deps.provisioning, request.workspace)).id;
    await tx.run(insertMember, { workspace: workspaceId, user: userId, role: 'owner' });
    await recordAudit(tx, deps, {
      workspaceId,
      actor: { kind: 'user', id: userId },
      action: waiting === null ? 'workspace.created' : 'workspace.taken_over',
      target: `workspace ${workspaceId}`,
    });
    return { workspaceId, userId };
  });
}
