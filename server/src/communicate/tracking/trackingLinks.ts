import type { Signer } from '../consent/signTokens.ts';

/** A link somebody followed. */
export interface FollowedLink {
  readonly workspace: number;
  readonly message: number;
  /** Which link of the message, from 0. */
  readonly index: number;
  readonly url: string;
}

/** Links of a message that tell who followed them. The destination is inside the signed part: nobody can change it. */
export interface TrackingLinks {
  /** The URL itself when it cannot be tracked (not of the web, or too long), or is a page of ours behind a sealed link. */
  click(message: { readonly workspace: number; readonly message: number }, url: string, index: number): string;
  pixel(message: { readonly workspace: number; readonly message: number }): string;
  /** Null for a token that is not ours. */
  readClick(token: string): FollowedLink | null;
  readPixel(token: string): { readonly workspace: number; readonly message: number } | null;
}

/** Signed and encoded it stays below what signers and mail clients take. */
const longestUrl = 2_500;

const isWebAddress = (url: string): boolean =>
  URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol) && !/\s/.test(url);

/** @param publicUrl where people reach this server, without a slash at the end */
export function createTrackingLinks(signer: Signer, publicUrl: string): TrackingLinks {
  const origin = publicUrl.replace(/\/+$/, '');
  const numberOf = (text: string | undefined): number => Number.parseInt(text ?? '', 36);
  return {
    click({ workspace, message }, url, index) {
      if (url.length > longestUrl || !isWebAddress(url) || url.startsWith(`${origin}/m/`)) return url;
      const numbers = [workspace, message, index].map((number) => number.toString(36));
      return `${origin}/m/c/${signer.sign(`c.${numbers.join('.')}.${url}`)}`;
    },
    pixel({ workspace, message }) {
      return `${origin}/m/o/${signer.sign(`o.${workspace.toString(36)}.${message.toString(36)}`)}`;
    },
    readClick(token) {
      const payload = signer.open(token);
      const [, workspace, message, index, url] =
        /^c\.([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]+)\.(.+)$/s.exec(payload ?? '') ?? [];
      if (url === undefined || !isWebAddress(url)) return null;
      return { workspace: numberOf(workspace), message: numberOf(message), index: numberOf(index), url };
    },
    readPixel(token) {
      const [, workspace, message] = /^o\.([0-9a-z]+)\.([0-9a-z]+)$/.exec(signer.open(token) ?? '') ?? [];
      return message === undefined ? null : { workspace: numberOf(workspace), message: numberOf(message) };
    },
  };
}
