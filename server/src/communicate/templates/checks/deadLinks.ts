import { request as plainRequest } from 'node:http';
import { request as safeRequest } from 'node:https';
import { isPrivateAddress, lookupPublic } from '../../channels/http/publicAddress.ts';

export type LinkState = 'alive' | 'dead' | 'unchecked';

const waitMs = 5_000;
const atOnce = 6;
/** Most shops forbid robots something, and none of it means that the page is gone. */
const gone = new Set([404, 410]);
const ports = new Set(['', '80', '443']);

/** Asks an address for its head, or for the first bytes where that is not liked. Never asks a private network. */
function ask(url: URL, method: 'HEAD' | 'GET'): Promise<number | null | 'private'> {
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? safeRequest : plainRequest;
    const request = send(
      url,
      { method, lookup: lookupPublic, timeout: waitMs, headers: { 'user-agent': 'Vitrail link check', accept: '*/*' } },
      (response) => {
        resolve(response.statusCode ?? null);
        response.destroy();
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EPRIVATE' ? 'private' : null));
    request.end();
  });
}

async function check(address: string): Promise<LinkState> {
  if (!URL.canParse(address)) return 'dead';
  const url = new URL(address);
  if (!ports.has(url.port) || isPrivateAddress(url.hostname)) return 'unchecked';
  let status = await ask(url, 'HEAD');
  if (typeof status === 'number' && status >= 400 && !gone.has(status)) status = await ask(url, 'GET');
  if (status === 'private') return 'unchecked';
  return status === null || gone.has(status) || status >= 500 ? 'dead' : 'alive';
}

/** How each address answers; a redirect is an answer and is not followed. */
export async function checkLinks(addresses: readonly string[]): Promise<ReadonlyMap<string, LinkState>> {
  const waiting = [...new Set(addresses)];
  const states = new Map<string, LinkState>();
  const worker = async (): Promise<void> => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift())
      states.set(address, await check(address));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return states;
}
