import { createHash } from 'node:crypto';
import type { AdKind } from '@vitrail/contracts';
import type { HandedAddress } from '../gate/handOn.ts';

/**
 * An address as a company wants it before it is hashed. Meta: small letters; digits alone with the country code
 * (developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences, Hashing). Google: small letters, for its own
 * mailboxes without dots and what follows a plus; E.164 with its plus
 * (developers.google.com/data-manager/api/devguides/concepts/formatting).
 */
export function writeFor(company: AdKind, { kind, value }: HandedAddress): string {
  if (kind === 'phone') return company === 'meta' ? value.replace(/\D/g, '') : value;
  const email = value.trim().toLowerCase();
  return company === 'google' ? email.replace(/^(.+)@(gmail\.com|googlemail\.com)$/, joinMailbox) : email;
}

const joinMailbox = (_: string, name: string, domain: string): string =>
  `${name.replace(/\+.*$/, '').replaceAll('.', '')}@${domain}`;

/** SHA-256 of it. */
export const hashFor = (company: AdKind, address: HandedAddress): Buffer =>
  createHash('sha256').update(writeFor(company, address), 'utf8').digest();
