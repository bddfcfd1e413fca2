import { keyScopes, type Role } from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, Fault, type Pg } from '../../platform/index.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type Actor, recordAudit } from '../audit/recordAudit.ts';
import { createSecretKey, createWriteKey } from '../keys/changeKeys.ts';
import { hashSecretKey } from '../keys/keyText.ts';
import { findKeyByHash, findKeyByValue } from '../sql/keys.pg.ts';
import { findMember, insertMember } from '../sql/members.pg.ts';
import { listSites } from '../sql/sites.pg.ts';
import { findFirstWorkspace } from '../sql/workspaces.pg.ts';
import { type Provisioning, provisionWorkspace, type WorkspaceSettings } from './provisionWorkspace.ts';
import { createOwnerAccount, holdSetupLock } from './setUp.ts';

/** What the environment asks for at an unattended start; null where it says nothing. */
export interface Unattended {
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  readonly writeKey: string | null;
  readonly secretKey: string | null;
}

type BootstrapDeps = Pick<Deps, 'pg' | 'clock' | 'log'> & {
  readonly accounts: Accounts;
  readonly provisioning: Provisioning;
};

const actor: Actor = { kind: 'system', id: 'unattended start' };
const owner: Role = 'owner';
const firstWorkspace: WorkspaceSettings = {
  name: 'My shop',
  baseCurrency: 'EUR',
  country: 'FR',
  timeZone: 'Europe/Paris',
  language: 'fr',
};

/** One clear sentence when the environment asks for something impossible; else the owner to make, or null. */
export function readUnattendedOwner(asked: Unattended): { name: string; email: string; password: string } | null {
  const { adminEmail, adminPassword } = asked;
  if (adminEmail === null && adminPassword === null) return null;
  const fault = (sentence: string): Fault => new Fault('invalid', 'govern.bad_unattended_start', sentence);
  if (adminEmail === null || adminPassword === null)
    throw fault('Set VITRAIL_ADMIN_EMAIL and VITRAIL_ADMIN_PASSWORD together, or neither.');
  if (!z.email().safeParse(adminEmail).success)
    throw fault('VITRAIL_ADMIN_EMAIL is not an e-mail address such as owner@shop.example.');
  if (adminPassword.length > 128) throw fault('VITRAIL_ADMIN_PASSWORD is longer than 128 characters.');
  return { name: adminEmail.split('@')[0] ?? adminEmail, email: adminEmail, password: adminPassword };
}

async function ensureOwner(tx: Pg, deps: BootstrapDeps, workspaceId: number, asked: Unattended): Promise<void> {
  const wanted = readUnattendedOwner(asked);
  if (wanted === null) return;
  const known = await deps.accounts.findByEmail(wanted.email);
  const membership = known && (await tx.row(findMember, { workspace: workspaceId, user: known.id }));
  if (known !== null && membership !== null) {
    if (!(await deps.accounts.hasPassword(known.id, wanted.password)))
      deps.log.warn(
        {},
        'VITRAIL_ADMIN_PASSWORD differs from the password of that account, which was kept. Change it in the console.',
      );
    return;
  }
  // An account that has a password was made by a person elsewhere in this installation: never replaced from outside.
  const userId = known?.active === true ? known.id : await createOwnerAccount(deps.accounts, wanted);
  await tx.run(insertMember, { workspace: workspaceId, user: userId, role: owner });
  await recordAudit(tx, deps, {
    workspaceId,
    actor,
    action: 'user.added',
    target: `user ${userId}`,
    details: { role: owner },
  });
}

/** The key texts come from the environment, so one may exist already: ours, revoked, or another workspace's. */
function planKey(
  deps: BootstrapDeps,
  known: { workspace_id: number; revoked: boolean } | null,
  workspaceId: number,
  variable: string,
): 'make' | 'keep' {
  if (known === null) return 'make';
  if (known.revoked) deps.log.warn({}, `${variable} holds a key that was revoked; it stays revoked.`);
  else if (known.workspace_id !== workspaceId)
    deps.log.warn({}, `${variable} holds a key of another workspace; it stays there.`);
  return 'keep';
}

async function ensureKeys(tx: Pg, deps: BootstrapDeps, workspaceId: number, asked: Unattended): Promise<void> {
  const { writeKey, secretKey } = asked;
  const made = { workspaceId, name: 'From the environment', actor };
  if (writeKey !== null) {
    const known = await tx.row(findKeyByValue, { value: writeKey });
    if (planKey(deps, known, workspaceId, 'VITRAIL_WRITE_KEY') === 'make') {
      const [site] = await tx.rows(listSites, { workspace: workspaceId });
      const sourceId = await deps.provisioning.defaultSource(tx, { id: workspaceId, siteId: site?.id ?? null });
      await createWriteKey(tx, deps, { ...made, sourceId, value: writeKey });
    }
  }
  if (secretKey !== null) {
    const known = await tx.row(findKeyByHash, { hash: hashSecretKey(secretKey) });
    if (planKey(deps, known, workspaceId, 'VITRAIL_SECRET_KEY') === 'make')
      await createSecretKey(tx, deps, { ...made, scopes: keyScopes, secret: secretKey });
  }
}

/**
 * Makes what the environment asks for and is missing: first workspace, owner, keys. Safe to repeat at every start and
 * by several processes at once; it never changes a password, a role or a revoked key.
 */
export async function bootstrap(
  deps: BootstrapDeps,
  asked: Unattended,
  settings: WorkspaceSettings = firstWorkspace,
): Promise<{ workspaceId: number } | null> {
  if (Object.values(asked).every((value) => value === null)) return null;
  readUnattendedOwner(asked);
  return deps.pg.transaction(async (tx) => {
    await holdSetupLock(tx);
    const existing = await tx.row(findFirstWorkspace, {});
    const workspaceId = existing?.id ?? (await provisionWorkspace(tx, deps.provisioning, settings)).id;
    if (existing === null)
      await recordAudit(tx, deps, {
        workspaceId,
        actor,
        action: 'workspace.created',
        target: `workspace ${workspaceId}`,
        details: { first: true },
      });
    await ensureOwner(tx, deps, workspaceId, asked);
    await ensureKeys(tx, deps, workspaceId, asked);
    return { workspaceId };
  });
}
