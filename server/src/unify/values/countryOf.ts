import type { CollectedEvent, WorkspaceContext } from '../../collect/index.ts';
import { objectOf } from '../../platform/index.ts';

/**
 * Where the person of a record is: the country of the address it states, else of the site its source belongs to, else of
 * the workspace. Local telephone numbers and postal codes are read as written there. ISO 3166, upper case.
 */
export function countryOf({ traits, context, sourceId }: CollectedEvent, workspace: WorkspaceContext): string {
  const stated = objectOf(traits.address).country ?? traits.country ?? objectOf(context.location).country;
  if (typeof stated === 'string' && /^[a-z]{2}$/i.test(stated.trim())) return stated.trim().toUpperCase();
  return workspace.sources.get(sourceId)?.country ?? workspace.country;
}
