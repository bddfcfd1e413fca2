import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 1;
const [ivBytes, tagBytes] = [12, 16];

/**
 * AES-256-GCM. `bound` (workspace and use) is authenticated with it, so that a row copied to another workspace does not
 * open. Each sealing has its own random nonce: a workspace seals some dozens in its life.
 */
export function seal(secret: Buffer, bound: string, text: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(bound));
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), hidden]);
}

/** Throws when the bytes were changed, moved, or sealed with another secret: a data directory with a foreign database. */
export function unseal(secret: Buffer, bound: string, sealed: Buffer): string {
  if (sealed[0] !== version) throw new Error('credentials were sealed in a way this version does not know');
  const iv = sealed.subarray(1, 1 + ivBytes);
  const tag = sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(bound)).setAuthTag(tag);
  return decipher.update(sealed.subarray(1 + ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
}
