import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, lookupPublic } from '../channels/index.ts';
import { type PictureType, pictureType } from './pictureType.ts';

export interface Picture {
  readonly type: PictureType;
  readonly bytes: Buffer;
}

export interface FetchRules {
  /** Of the whole way, redirects and all. */
  readonly timeoutMs: number;
  readonly mostBytes: number;
  /** Says whether a host is asked at all, and which addresses a name has. Tests have shops of their own. */
  readonly refuses: (host: string) => boolean;
  readonly lookup: LookupFunction;
  readonly ports: readonly string[];
  /** Origins that are asked wherever they stand: the operator vouches for them. */
  readonly trusted: ReadonlySet<string>;
}

/** Only the open internet, on the ports of the web. */
export const publicPictures: FetchRules = {
  timeoutMs: 10_000,
  mostBytes: 5 * 2 ** 20,
  refuses: isPrivateAddress,
  lookup: lookupPublic,
  ports: ['', '80', '443'],
  trusted: new Set(),
};

/** The open internet, and these servers of one's own. */
export const picturesFrom = (origins: readonly string[]): FetchRules => ({
  ...publicPictures,
  trusted: new Set(origins),
});

const mostRedirects = 3;

/** Why a picture cannot be shown. */
export type PictureRefusal = 'bad_address' | 'unreachable' | 'no_picture' | 'too_large';

/** The picture at an address. Never throws; every redirect is looked at like the first address. */
export async function fetchPicture(
  address: string,
  rules: FetchRules = publicPictures,
): Promise<Picture | PictureRefusal> {
  const signal = AbortSignal.timeout(rules.timeoutMs);
  for (let link = address, hops = 0; hops <= mostRedirects; hops += 1) {
    const url = allowed(link, rules);
    if (url === null) return 'bad_address';
    const answer = await ask(url, rules, signal);
    if (answer === null) return 'unreachable';
    const { statusCode = 0, headers } = answer;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      answer.destroy();
      if (!URL.canParse(headers.location, url.href)) return 'bad_address';
      link = new URL(headers.location, url.href).href;
      continue;
    }
    if (statusCode !== 200) {
      answer.destroy();
      return 'unreachable';
    }
    return readPicture(answer, rules.mostBytes);
  }
  return 'unreachable';
}

function allowed(link: string, { refuses, ports, trusted }: FetchRules): URL | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (trusted.has(url.origin) && url.username === '' && url.password === '') return url;
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (!web || url.username !== '' || url.password !== '' || !ports.includes(url.port)) return null;
  return refuses(url.hostname) ? null : url;
}

function ask(url: URL, { lookup, trusted }: FetchRules, signal: AbortSignal): Promise<IncomingMessage | null> {
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'GET',
      agent: false,
      ...(!trusted.has(url.origin) && { lookup }),
      signal,
      headers: { accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif', 'user-agent': 'Vitrail (pictures)' },
    });
    request.on('error', () => resolve(null));
    request.on('response', resolve);
    request.end();
  });
}

async function readPicture(answer: IncomingMessage, most: number): Promise<Picture | PictureRefusal> {
  if (Number(answer.headers['content-length'] ?? 0) > most) {
    answer.destroy();
    return 'too_large';
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer) {
      if (!Buffer.isBuffer(chunk)) return 'unreachable';
      size += chunk.length;
      if (size > most) return 'too_large';
      chunks.push(chunk);
    }
  } catch {
    // Cut off, or too slow: there is no picture, and the reason is the other side's.
    return 'unreachable';
  }
  const bytes = Buffer.concat(chunks);
  const type = pictureType(bytes);
  return type === null ? 'no_picture' : { type, bytes };
}
