import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** Equal, in a time that does not tell how far. */
export function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export const hmac = (
  algorithm: 'sha1' | 'sha256',
  key: string,
  text: string | Buffer,
  encoding: 'hex' | 'base64',
): string => createHmac(algorithm, key).update(text).digest(encoding);

/** @param key SubjectPublicKeyInfo in base64, as SendGrid shows it */
export function isEcdsaSigned(key: string, signed: Buffer, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return verify('sha256', signed, publicKey, Buffer.from(signature, 'base64'));
  } catch {
    // A key or a signature that is none proves nothing.
    return false;
  }
}
