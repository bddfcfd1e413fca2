import { createDefaultSources, ensureDefaultSource } from '../collect/index.ts';
import { ensurePurposes } from '../communicate/index.ts';
import type { Provisioning } from '../govern/index.ts';
import type { Clock } from '../platform/index.ts';
import { createDefaultNamespaces } from '../unify/index.ts';

/** What every new workspace starts with, from the rooms. */
export const createProvisioning = (clock: Clock): Provisioning => ({
  defaults: [
    (tx, workspace) => createDefaultNamespaces(tx, workspace.id),
    (tx, workspace) => createDefaultSources(tx, { clock }, workspace),
    (tx, workspace) => ensurePurposes(tx, workspace.id),
  ],
  defaultSource: ensureDefaultSource,
});
