import { sessionRequestHeader } from '@vitrail/contracts';
import { Fault } from '../platform/index.ts';

/** The parts of a request that tell where it was made, each null when absent. */
export interface RequestOrigin {
  readonly method: string;
  /** `Sec-Fetch-Site`: set by browsers, not by pages. */
  readonly fetchSite: string | null;
  readonly origin: string | null;
  /** The header that a page of another site cannot add. */
  readonly sessionRequest: string | null;
  /** The origin under which the console itself is reached. */
  readonly ownOrigin: string;
}

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS']);

const crossSite = (): Fault =>
  new Fault('forbidden', 'govern.cross_site', 'This request was made by a page of another site and was refused.');

/** True when the browser itself says that another site made the request. */
export function isForeign({ fetchSite, origin, ownOrigin }: RequestOrigin): boolean {
  if (fetchSite !== null) return fetchSite !== 'same-origin' && fetchSite !== 'none';
  return origin !== null && origin !== ownOrigin;
}

/**
 * For requests that change something on the strength of a cookie: the browser must prove that our own page made it
 * (`Sec-Fetch-Site`, or `Origin` where that is missing), and the page must have added the agreed header.
 */
export function assertOwnPage(request: RequestOrigin): void {
  if (changesNothing.has(request.method)) return;
  const proven =
    request.fetchSite === null ? request.origin === request.ownOrigin : request.fetchSite === 'same-origin';
  if (!proven) throw crossSite();
  if (request.sessionRequest !== sessionRequestHeader.value)
    throw new Fault(
      'forbidden',
      'govern.header_missing',
      `A signed-in page must send the header ${sessionRequestHeader.name}: ${sessionRequestHeader.value}.`,
    );
}

/** For public requests that change something, sent without any proof of who sends them: no foreign page may. */
export function refuseForeign(request: RequestOrigin): void {
  if (!changesNothing.has(request.method) && isForeign(request)) throw crossSite();
}
