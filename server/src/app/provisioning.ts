import { ensureDefaultSource } from '../collect/index.ts';
import type { Provisioning } from '../govern/index.ts';
import { createDefaultNamespaces } from '../unify/index.ts';

/** What every new workspace starts with, from the rooms. */
export const provisioning: Provisioning = {
  defaults: [
    (tx, workspace) => createDefaultNamespaces(tx, workspace.id),
    async (tx, workspace) => {
      await ensureDefaultSource(tx, workspace);
    },
  ],
  defaultSource: ensureDefaultSource,
};
