import { createHash, randomBytes } from 'node:crypto';

// 24 random bytes: 192 bits, so a plain SHA-256 is enough to store a secret key by; there is nothing to guess.
const randomText = (): string => randomBytes(24).toString('base64url');

export const newWriteKey = (): string => `wk_${randomText()}`;
export const newSecretKey = (): string => `sk_${randomText()}`;

export const hashSecretKey = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The part of a key that may be shown: enough to recognise it by, useless to guess the rest. */
export const keyPrefix = (key: string): string => key.slice(0, Math.min(8, Math.floor(key.length / 3)));
