import type { Deps } from '../../../platform/index.ts';
import type { DkimKey } from '../email/signDkim.ts';
import type { SmtpDeps } from '../email/smtp.ts';
import { findSigningKey } from '../sql/providers.pg.ts';
import { unseal } from './sealCredentials.ts';

export const boundToDomain = (workspace: number, domain: string): string => `dkim ${workspace} ${domain}`;

const freshMs = 10_000;

/** Finds the key that signs mail of a domain; asked for every mail, so it is remembered for some seconds. */
export function createDkimKeys(
  deps: Pick<Deps, 'pg' | 'log'> & { readonly credentials: Buffer },
): SmtpDeps['dkimKeyOf'] {
  const known = new Map<string, { readAt: number; key: Promise<DkimKey | null> }>();
  async function find(workspace: number, domain: string): Promise<DkimKey | null> {
    try {
      const row = await deps.pg.row(findSigningKey, { workspace, domain });
      if (row === null) return null;
      const privateKey = unseal(deps.credentials, boundToDomain(workspace, domain), row.private_key);
      return { domain, selector: row.selector, privateKey };
    } catch (error) {
      // A mail without our signature still arrives, if less surely; one that waits for the database does not.
      deps.log.error({ err: error, workspace }, 'the signing key of a domain could not be read');
      return null;
    }
  }
  return (workspace, domain) => {
    const name = `${workspace}/${domain}`;
    const now = performance.now();
    const kept = known.get(name);
    if (kept !== undefined && now - kept.readAt < freshMs) return kept.key;
    const key = find(workspace, domain);
    known.set(name, { readAt: now, key });
    return key;
  };
}
