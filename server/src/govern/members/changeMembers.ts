import type { Role } from '@vitrail/contracts';
import { type Deps, Fault, type Pg } from '../../platform/index.ts';
import type { Account, Accounts } from '../accounts/accounts.ts';
import { type Actor, recordAudit } from '../audit/recordAudit.ts';
import {
  countOtherOwners,
  deleteMember,
  findMember,
  insertMember,
  listMemberships,
  updateMemberRole,
} from '../sql/members.pg.ts';
import { lockWorkspace } from '../sql/workspaces.pg.ts';

type MemberDeps = Pick<Deps, 'pg' | 'clock'> & { readonly accounts: Accounts };

interface OnMember {
  readonly workspaceId: number;
  readonly userId: string;
  readonly actor: Actor;
}

const noSuchUser = (): Fault =>
  new Fault('not_found', 'govern.no_such_user', 'There is no such person in this workspace.');

/** The member's role, with the workspace locked so that two owners cannot demote each other at the same moment. */
async function lockMember(tx: Pg, { workspaceId, userId }: OnMember): Promise<string> {
  await tx.row(lockWorkspace, { workspace: workspaceId });
  const member = await tx.row(findMember, { workspace: workspaceId, user: userId });
  if (member === null) throw noSuchUser();
  return member.role;
}

async function refuseLastOwner(tx: Pg, { workspaceId, userId }: OnMember): Promise<void> {
  const others = await tx.row(countOtherOwners, { workspace: workspaceId, user: userId });
  if (others?.owners === 0)
    throw new Fault(
      'conflict',
      'govern.last_owner',
      'This person is the only owner of the workspace. Make somebody else an owner first.',
    );
}

export interface Invited {
  readonly account: Account;
  readonly role: Role;
  readonly since: Date;
  /** Null when the person has a password already, from another workspace. */
  readonly invitation: { readonly token: string; readonly expiresAt: Date } | null;
}

/** Makes a person a member, with a new account when the address is unknown. `conflict` when already a member. */
export async function inviteMember(
  deps: MemberDeps,
  request: { workspaceId: number; name: string; email: string; role: Role; actor: Actor },
): Promise<Invited> {
  const { workspaceId, role, actor } = request;
  const account =
    (await deps.accounts.findByEmail(request.email)) ??
    (await deps.accounts.create({ name: request.name, email: request.email, password: null }));
  const member = await deps.pg.transaction(async (tx) => {
    const inserted = await tx.row(insertMember, { workspace: workspaceId, user: account.id, role });
    if (inserted === null)
      throw new Fault('conflict', 'govern.already_member', 'This person already belongs to the workspace.');
    await recordAudit(tx, deps, {
      workspaceId,
      actor,
      action: 'user.invited',
      target: `user ${account.id}`,
      details: { role },
    });
    return inserted;
  });
  const invitation = account.active ? null : await deps.accounts.invite(account.id);
  return { account, role, since: member.created_at, invitation };
}

/**
 * A fresh link to choose a password: for a lost one, or an invitation that expired. Only for people of this workspace
 * alone, so that an owner cannot take over somebody's account and with it another workspace.
 */
export async function renewInvitation(deps: MemberDeps, on: OnMember): Promise<{ token: string; expiresAt: Date }> {
  await deps.pg.transaction(async (tx) => {
    await lockMember(tx, on);
    const memberships = await tx.rows(listMemberships, { user: on.userId });
    if (memberships.length > 1)
      throw new Fault(
        'conflict',
        'govern.shared_user',
        'This person also belongs to another workspace, so a new password cannot be handed out from here.',
      );
    await recordAudit(tx, deps, {
      workspaceId: on.workspaceId,
      actor: on.actor,
      action: 'user.invitation_renewed',
      target: `user ${on.userId}`,
    });
  });
  return deps.accounts.invite(on.userId);
}

/** Changes a role. The last owner keeps theirs (`conflict`). It counts from the person's next request on. */
export async function changeRole(deps: MemberDeps, on: OnMember & { readonly role: Role }): Promise<void> {
  const { workspaceId, userId, role, actor } = on;
  await deps.pg.transaction(async (tx) => {
    const before = await lockMember(tx, on);
    if (before === role) return;
    if (before === 'owner') await refuseLastOwner(tx, on);
    await tx.run(updateMemberRole, { workspace: workspaceId, user: userId, role });
    await recordAudit(tx, deps, {
      workspaceId,
      actor,
      action: 'user.role_changed',
      target: `user ${userId}`,
      details: { before, after: role },
    });
  });
}

/** Takes a person out of the workspace; who then belongs to none loses the account too. The last owner stays (`conflict`). */
export async function removeMember(deps: MemberDeps, on: OnMember): Promise<void> {
  const { workspaceId, userId, actor } = on;
  const elsewhere = await deps.pg.transaction(async (tx) => {
    const role = await lockMember(tx, on);
    if (role === 'owner') await refuseLastOwner(tx, on);
    await tx.run(deleteMember, { workspace: workspaceId, user: userId });
    await recordAudit(tx, deps, {
      workspaceId,
      actor,
      action: 'user.removed',
      target: `user ${userId}`,
      details: { role },
    });
    return (await tx.rows(listMemberships, { user: userId })).length;
  });
  if (elsewhere === 0) await deps.accounts.remove(userId);
}
