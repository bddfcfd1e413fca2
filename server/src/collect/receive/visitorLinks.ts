import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/index.ts';

/** The browser that asks, as far as one request shows it. */
export interface AskingBrowser {
  readonly ip: string;
  readonly userAgent: string | null;
}

/** Carries a visitor from one domain of a shop to another. */
export interface VisitorLinks {
  /** A token for a link to `to`. */
  seal(
    visitor: { readonly workspaceId: number; readonly anonymousId: string; readonly to: string },
    browser: AskingBrowser,
  ): string;
  /** Who that was; null unless the same browser comes to the domain the token is for, in time. */
  open(
    token: string,
    at: { readonly workspaceId: number; readonly host: string },
    browser: AskingBrowser,
  ): string | null;
}

/** A click takes seconds; a link that is passed on must not work for somebody else. */
export const linkSeconds = 120;
const [nonceBytes, tagBytes] = [12, 16];

const bound = (workspaceId: number, host: string, { ip, userAgent }: AskingBrowser): Buffer =>
  Buffer.from(JSON.stringify([workspaceId, host.toLowerCase(), ip, userAgent]));

/**
 * AES-256-GCM with workspace, domain, address and user agent as associated data: anybody may ask for a token, so it must be
 * worthless in any browser but the one that asked. Random nonces are enough for links that live two minutes (NIST SP
 * 800-38D: 2^32 under one key).
 *
 * @param secret `secrets.visitors`, 32 bytes
 */
export function createVisitorLinks(secret: Buffer, clock: Clock): VisitorLinks {
  const nowSeconds = (): number => Math.floor(clock.now().getTime() / 1_000);
  return {
    seal({ workspaceId, anonymousId, to }, browser) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(bound(workspaceId, to, browser));
      const until = (nowSeconds() + linkSeconds).toString(36);
      const hidden = Buffer.concat([cipher.update(`${until}.${anonymousId}`, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString('base64url');
    },
    open(token, { workspaceId, host }, browser) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length <= nonceBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(bound(workspaceId, host, browser))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        const hidden = bytes.subarray(nonceBytes, -tagBytes);
        const text = Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8');
        const dot = text.indexOf('.');
        return Number.parseInt(text.slice(0, dot), 36) < nowSeconds() ? null : text.slice(dot + 1);
      } catch {
        // Made up, changed, or of another browser: all the same to whoever asks.
        return null;
      }
    },
  };
}
