import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { domainChecksSchema, type SenderDomain } from '@vitrail/contracts';
import { recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Json, type PgRow } from '../../platform/index.ts';
import type { By } from '../channels/setup/changeProviders.ts';
import { boundToDomain } from '../channels/setup/dkimKeys.ts';
import { seal } from '../channels/setup/sealCredentials.ts';
import { checkDomain, type Resolver } from './checkDomain.ts';
import {
  deleteSenderDomain,
  findSenderDomain,
  insertSenderDomain,
  type listSenderDomains,
  recordDomainChecks,
} from './sql/deliverability.pg.ts';

export interface DomainDeps extends Pick<Deps, 'pg' | 'clock'> {
  /** `secrets.credentials`. */
  readonly credentials: Buffer;
  readonly resolver: Resolver;
}

const makeKey = promisify(generateKeyPair);
const noDomain = (): Fault =>
  new Fault('not_found', 'communicate.no_sender_domain', 'This domain is not set up for sending.');

export function showDomain(row: PgRow<typeof listSenderDomains.row>): SenderDomain {
  return {
    domain: row.domain,
    dkim: { name: `${row.selector}._domainkey.${row.domain}`, value: row.public_record },
    checks: row.checks === null ? null : (domainChecksSchema.safeParse(row.checks).data ?? null),
    checkedAt: row.checked_at?.toISOString() ?? null,
    signing: row.signing,
  };
}

async function getDomain(deps: DomainDeps, workspace: number, domain: string): Promise<SenderDomain> {
  const row = await deps.pg.row(findSenderDomain, { workspace, domain });
  if (row === null) throw noDomain();
  return showDomain(row);
}

/** Makes a key for a domain and looks at what DNS has. Adding it again looks again and keeps the key. */
export async function addDomain(deps: DomainDeps, { workspace, actor }: By, domain: string): Promise<SenderDomain> {
  const { publicKey, privateKey } = await makeKey('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  // Two workspaces may write from one domain: each has a name of its own for its key.
  const selector = `vitrail${createHash('sha256').update(publicKey).digest('hex').slice(0, 6)}`;
  await deps.pg.transaction(async (tx) => {
    await tx.run(insertSenderDomain, {
      workspace,
      domain,
      selector,
      privateKey: seal(deps.credentials, boundToDomain(workspace, domain), privateKey),
      publicRecord: `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
      now: deps.clock.now(),
    });
    await recordAudit(tx, deps, { workspaceId: workspace, actor, action: 'sender_domain.added', target: domain });
  });
  return checkAgain(deps, workspace, domain);
}

/** Asks DNS. Signing begins when the key is found there, and ends when it is found no more; a silent DNS changes nothing. */
export async function checkAgain(deps: DomainDeps, workspace: number, domain: string): Promise<SenderDomain> {
  const row = await deps.pg.row(findSenderDomain, { workspace, domain });
  if (row === null) throw noDomain();
  const { selector, public_record: publicRecord } = row;
  const checks = await checkDomain(deps.resolver, { domain, selector, publicRecord });
  const signing = checks.dkim.state === 'unknown' ? row.signing : checks.dkim.state === 'ok';
  const json: Json = { spf: checks.spf, dkim: checks.dkim, dmarc: checks.dmarc, mx: checks.mx };
  await deps.pg.run(recordDomainChecks, { workspace, domain, checks: json, signing, now: deps.clock.now() });
  return getDomain(deps, workspace, domain);
}

export async function removeDomain(deps: DomainDeps, { workspace, actor }: By, domain: string): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    if ((await tx.run(deleteSenderDomain, { workspace, domain })) === 0) throw noDomain();
    await recordAudit(tx, deps, { workspaceId: workspace, actor, action: 'sender_domain.removed', target: domain });
  });
}
