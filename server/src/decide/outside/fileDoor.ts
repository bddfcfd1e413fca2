import type { ImportPartnerRows } from '../../collect/index.ts';
import type { Deps } from '../../platform/index.ts';
import { getProvider } from './providers.ts';
import { takeMappings, takeMembers } from './takeMembers.ts';

/** How the ordinary import of files brings a partner's rows. */
export const createFileDoor = (
  deps: Pick<Deps, 'clock'>,
  follow: (workspace: number) => Promise<void>,
): ImportPartnerRows => ({
  async take(tx, { workspace, partner, kind }, rows) {
    const provider = await getProvider(tx, workspace, partner);
    const around = { workspace, provider, now: deps.clock.now() };
    const members = () => rows.map(({ id, name, expiresAt }) => ({ id, segment: name, expiresAt, remove: false }));
    const mappings = () => rows.map(({ id, name, expiresAt }) => ({ id, theirId: name, expiresAt }));
    const outcomes =
      kind === 'id-mappings'
        ? await takeMappings(tx, around, mappings())
        : (await takeMembers(tx, { ...around, by: 'file' }, members())).outcomes;
    // A file takes nobody out.
    return outcomes.map((outcome) => (outcome === 'removed' ? 'taken' : outcome));
  },
  taken: follow,
});
