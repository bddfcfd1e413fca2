import type { Signer } from '../consent/signTokens.ts';

/** A link of a text message: which one, of which message. Where it leads is stored. */
export interface ShortLink {
  readonly workspace: number;
  readonly message: number;
  /** From 0. */
  readonly place: number;
}

/** Links for texts of 160 characters: `/m/c/` and some twenty more. */
export interface ShortLinks {
  write(link: ShortLink): string;
  /** Null for a token that is not ours. */
  read(token: string): ShortLink | null;
}

/** The first byte of sealed links is 1. */
const version = 2;
/** Guessed once in 2^64 tries; who guesses is led to an address the shop itself wrote. */
const markBytes = 8;
const longest = 40;

/** @param publicUrl where people reach this server, without a slash at the end */
export function createShortLinks(signer: Signer, publicUrl: string): ShortLinks {
  const origin = publicUrl.replace(/\/+$/, '');
  const markOf = ({ workspace, message, place }: ShortLink): Buffer =>
    // What seals a link begins with an authentication of its content, behind the byte of its version.
    Buffer.from(signer.sign(`s.${workspace}.${message}.${place}`), 'base64url').subarray(1, 1 + markBytes);
  return {
    write(link) {
      const numbers = [link.workspace, link.message, link.place].flatMap(bytesOf);
      return `${origin}/m/c/${Buffer.from([version, ...numbers, ...markOf(link)]).toString('base64url')}`;
    },
    read(token) {
      if (token.length > longest || !/^[\w-]+$/.test(token)) return null;
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.toString('base64url') !== token || bytes[0] !== version) return null;
      const numbers = readNumbers(bytes.subarray(1, -markBytes));
      const [workspace, message, place] = numbers;
      if (workspace === undefined || message === undefined || place === undefined || numbers.length > 3) return null;
      const link = { workspace, message, place };
      return markOf(link).equals(bytes.subarray(-markBytes)) ? link : null;
    },
  };
}

/** Seven bits a byte, the last one below 128. */
function bytesOf(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function readNumbers(bytes: Buffer): number[] {
  const numbers: number[] = [];
  let [number, factor] = [0, 1];
  for (const byte of bytes) {
    number += (byte % 128) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    numbers.push(number);
    [number, factor] = [0, 1];
  }
  return numbers;
}
