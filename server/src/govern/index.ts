export type { HttpApp } from '../platform/index.ts';
export type { Accounts } from './accounts/accounts.ts';
export { type Actor, actorOf, recordAudit } from './audit/recordAudit.ts';
export { admit, type Identity, readWorkspaceId } from './authorize.ts';
export { assertOwnPage, type RequestOrigin, refuseForeign } from './crossSite.ts';
export { findErased, recordErased } from './erased/erasedIdentifiers.ts';
export { hashIdentifier, type WorkspaceIdentifier } from './erased/hashIdentifier.ts';
export { type Govern, openGovern } from './govern.ts';
export { type Identified, identify } from './identify.ts';
export { deriveSecrets, type Secrets } from './installation.ts';
export { createSecretKey, createWriteKey, revokeApiKey } from './keys/changeKeys.ts';
export type { Keys, WriteKey } from './keys/findKeys.ts';
export { type Access, isMasked, type Person, type Principal, personOf, principalOf } from './principal.ts';
export { registerGovernRoutes } from './routes.ts';
export { bootstrap, type Unattended } from './workspaces/bootstrap.ts';
export {
  type NewWorkspace,
  type Provisioning,
  provisionWorkspace,
  type WorkspaceDefaults,
  type WorkspaceSettings,
} from './workspaces/provisionWorkspace.ts';
export type { DataSubject, PersonalData } from './rights/personalData.ts';
export { finishErasure, insertErasure, listRunningErasures, readErasure } from './sql/erasures.pg.ts';
export { findFirstWorkspace } from './sql/workspaces.pg.ts';
