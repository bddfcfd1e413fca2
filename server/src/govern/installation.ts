import { hkdfSync, randomBytes } from 'node:crypto';
import { Fault, type Pg } from '../platform/index.ts';
import { findInstallation, insertInstallation } from './sql/installation.pg.ts';

/** Keys of this installation, each for one use, so that a leak of one opens nothing else. They never leave the process. */
export interface Secrets {
  /** Signs session cookies and encrypts second factors. */
  readonly sessions: string;
  /** Keys the hashes of erased identifiers. */
  readonly erasure: Buffer;
  /** Signs the links in messages: unsubscribe, preferences, tracking. */
  readonly links: Buffer;
  /** Seals visitors into links between the domains of a shop. */
  readonly visitors: Buffer;
  /** Signs who edits the shop's pages. */
  readonly editor: Buffer;
  /** Encrypts the credentials of providers at rest. */
  readonly credentials: Buffer;
}

/** RFC 5869: one root secret, any number of independent keys by purpose. */
export function deriveSecrets(root: Buffer): Secrets {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', root, 'vitrail', purpose, 32));
  return {
    sessions: derive('sessions').toString('base64url'),
    erasure: derive('erased identifiers'),
    links: derive('message links'),
    visitors: derive('visitor links'),
    editor: derive('page editor'),
    credentials: derive('provider credentials'),
  };
}

/** Creates the root secret at the very first start; every later start, and every other process, reads the same one. */
export async function loadSecrets(pg: Pg): Promise<Secrets> {
  let installation = await pg.row(findInstallation, {});
  if (installation === null) {
    await pg.run(insertInstallation, { secret: randomBytes(32) });
    installation = await pg.row(findInstallation, {});
  }
  if (installation === null)
    throw new Fault('unavailable', 'govern.no_installation', 'The secret of this installation could not be stored.');
  return deriveSecrets(installation.secret);
}
