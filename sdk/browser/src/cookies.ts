/** What stands in `document.cookie` under a name. */
export function readCookie(all: string, name: string): string | null {
  const found = all.split('; ').find((one) => one.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
}

/** Domains a page of `host` may try for its cookies, the widest first: `shop.example`, then `www.shop.example`. */
export function candidateDomains(host: string): string[] {
  const parts = host.split('.');
  if (/^[\d.]+$|:/.test(host)) return [];
  return parts.slice(1).map((_, index) => parts.slice(parts.length - 2 - index).join('.'));
}

export interface Cookies {
  get(name: string): string | null;
  /** Zero seconds remove. `own` keeps it to this very host. */
  set(name: string, value: string, seconds: number, own?: boolean): void;
  /** The domain they are for; '' is this very host. */
  domain(): string;
}

/** Cookies on the widest domain that the browser accepts, so that www and checkout see one visitor. */
export function createCookies(fixedDomain?: string): Cookies {
  let found = fixedDomain;
  const write = (name: string, value: string, seconds: number, domain: string): void => {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    const wide = domain === '' ? '' : `; Domain=${domain}`;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where it is needed most.
    document.cookie = `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${wide}${secure}`;
  };
  const get = (name: string): string | null => {
    try {
      return readCookie(document.cookie, name);
    } catch {
      return null;
    }
  };
  const domain = (): string => {
    // A browser refuses a public suffix such as co.uk: whatever it takes is ours.
    found ??=
      candidateDomains(location.hostname).find((candidate) => {
        // Gone after a second; its value tells it from what the page before tried.
        write('vt_d', candidate, 1, candidate);
        return get('vt_d') === candidate;
      }) ?? '';
    return found;
  };
  return {
    get,
    domain,
    set(name, value, seconds, own = false) {
      try {
        write(name, value, seconds, own ? '' : domain());
      } catch {
        // A sandboxed frame has no cookies at all.
      }
    },
  };
}
