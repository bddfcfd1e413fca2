import { isJsonObject, type Json } from '../../platform/index.ts';

/** The one cookie this server sets for shops; the browser SDK writes and reads the same one. */
const name = 'vt_id';
const longestSeconds = 390 * 86_400;

/** What a request shows of the page that sent it. */
export interface AskingPage {
  readonly origin: string | undefined;
  /** Our own host, as the request names it. */
  readonly hostname: string;
  /** `Sec-Fetch-Site`. */
  readonly site: string | undefined;
  readonly secure: boolean;
}

const within = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/**
 * The `Set-Cookie` that keeps a visitor's anonymous id, or null. Browsers keep cookies of a server longer than those of a
 * script. Only a page of the same site may ask: else any site could give a visitor an id of its choosing. Not HttpOnly: the id
 * stands in every event of the page anyway, and the page's script needs it before the first answer.
 */
export function keepCookie(keep: Json | undefined, page: AskingPage): string | null {
  if (!isJsonObject(keep) || page.origin === undefined || page.site === 'cross-site') return null;
  const { value, domain, seconds } = keep;
  if (typeof value !== 'string' || !/^[\w.%~!*'()-]{1,400}$/.test(value)) return null;
  if (typeof domain !== 'string' || !/^([a-z\d-]+(\.[a-z\d-]+)+)?$/i.test(domain) || domain.length > 253) return null;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 1 || seconds > longestSeconds) return null;
  if (!URL.canParse(page.origin)) return null;
  const { hostname } = new URL(page.origin);
  // Without a domain it is for the host that answers: then the page must be of that very host.
  const own = domain === '' ? page.site === 'same-origin' || hostname === page.hostname : within(hostname, domain);
  if (!own) return null;
  const wide = domain === '' ? '' : `; Domain=${domain}`;
  return `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${wide}${page.secure ? '; Secure' : ''}`;
}
