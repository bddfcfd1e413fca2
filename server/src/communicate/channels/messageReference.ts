import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which message, of which workspace. */
export interface MessageKey {
  readonly workspace: number;
  readonly id: number;
}

/** Names messages to the outside, and knows its own names when they come back in a bounce or a webhook. */
export interface MessageReferences {
  /** `3-1abc-0k7f2m9q0x1yz`: letters and digits in lower case, for what becomes of an envelope sender on its way. */
  write(key: MessageKey): string;
  /** The first of our names within a text; null when there is none, or only forged ones. */
  find(text: string): MessageKey | null;
}

const markLength = 13;
const shape = /(?<![0-9a-z])([0-9a-z]{1,7})-([0-9a-z]{1,11})-([0-9a-z]{13})(?![0-9a-z])/gi;

/** @param secret `secrets.links`: whoever forges a bounce of a message would stop all mail to a person. */
export function createReferences(secret: Buffer): MessageReferences {
  const mark = (name: string): string => {
    const digest = createHmac('sha256', secret).update(`message reference ${name}`).digest();
    return digest.readBigUInt64BE(0).toString(36).padStart(markLength, '0').slice(-markLength);
  };
  return {
    write({ workspace, id }) {
      const name = `${workspace.toString(36)}-${id.toString(36)}`;
      return `${name}-${mark(name)}`;
    },
    find(text) {
      for (const [, first = '', second = '', third = ''] of text.slice(0, 20_000).matchAll(shape)) {
        const name = `${first}-${second}`.toLowerCase();
        if (!timingSafeEqual(Buffer.from(mark(name)), Buffer.from(third.toLowerCase()))) continue;
        return { workspace: Number.parseInt(first, 36), id: Number.parseInt(second, 36) };
      }
      return null;
    },
  };
}
