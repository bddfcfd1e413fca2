import { timingSafeEqual } from 'node:crypto';
import { keyScopes } from '@vitrail/contracts';
import { findFirstWorkspace, type Govern, identify, readWorkspaceId } from '../govern/index.ts';
import type { Pg } from '../platform/index.ts';
import type { Identify } from './http/guard.ts';

/** The token in the data directory's private `control.json`; empty until the server listens. */
export interface ControlToken {
  value: string;
}

export const createControlToken = (): ControlToken => ({ value: '' });

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
};

/**
 * Who asks: whoever can read the data directory's control token may do what a secret key with every scope may, in the
 * workspace the header names or the first one; everyone else is asked for a key or a session.
 */
export function admitControl(pg: Pg, token: ControlToken, govern: Govern): Identify {
  return async (request) => {
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!equal(bearer, token.value)) return identify({ pg, govern }, request);
    const header = request.headers['x-vitrail-workspace'];
    const wanted = readWorkspaceId(typeof header === 'string' ? header : undefined);
    const workspaceId = wanted ?? (await pg.row(findFirstWorkspace, {}))?.id ?? 0;
    return {
      identity: { kind: 'key', key: { keyId: 0, workspaceId, scopes: new Set(keyScopes) } },
      byCookie: false,
      setCookies: [],
    };
  };
}
