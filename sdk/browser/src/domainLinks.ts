/** The parameter of a link that carries a visitor to another domain of the shop. */
export const linkParameter = 'vt_link';
const freshMs = 90_000;

type Ask = (what: 'link' | 'arrive', body: object) => Promise<Record<string, unknown> | null>;

/** True for `checkout.example` and its subdomains, when `checkout.example` is listed. */
export const isListed = (host: string, domains: readonly string[]): boolean =>
  domains.some((domain) => `.${host}`.endsWith(`.${domain}`));

/** Our parameter out of an address, with what it held. */
export function takeToken(href: string): { readonly href: string; readonly token: string | null } {
  const url = new URL(href);
  const token = url.searchParams.get(linkParameter);
  if (token === null) return { href, token };
  url.searchParams.delete(linkParameter);
  return { href: url.href, token };
}

export interface DomainLinks {
  /** The address with a token in it, or unchanged when there is none in time. */
  decorate(url: string): Promise<string>;
  /** Seals the visitor into links as soon as somebody reaches for them. */
  watch(domains: readonly string[]): void;
}

/**
 * The server seals who the visitor is; nobody can make, change or read such a link, and only the same browser can use it,
 * within two minutes. A link is never held up: what is not there when it is clicked is left out.
 */
export function createDomainLinks(ask: Ask, anonymousId: () => string | null): DomainLinks {
  const tokens = new Map<string, { readonly id: string; readonly token: string; readonly until: number }>();
  const ready = (host: string): string | null => {
    const known = tokens.get(host);
    return known !== undefined && known.until > Date.now() && known.id === anonymousId() ? known.token : null;
  };
  async function tokenFor(host: string): Promise<string | null> {
    const known = ready(host);
    const id = anonymousId();
    if (known !== null || id === null) return known;
    const answer = await ask('link', { anonymousId: id, to: host });
    if (typeof answer?.token !== 'string') return null;
    tokens.set(host, { id, token: answer.token, until: Date.now() + freshMs });
    return answer.token;
  }
  const add = (href: string, token: string): string => {
    const url = new URL(href);
    url.searchParams.set(linkParameter, token);
    return url.href;
  };
  const linkOf = (event: Event, domains: readonly string[]): HTMLAnchorElement | null => {
    const [target] = event.composedPath();
    const link = target instanceof Element ? target.closest('a') : null;
    const other = link !== null && link.host !== location.host;
    return other && isListed(link.hostname, domains) ? link : null;
  };
  return {
    async decorate(url) {
      const absolute = new URL(url, location.href);
      const token = await tokenFor(absolute.hostname);
      return token === null ? url : add(absolute.href, token);
    },
    watch(domains) {
      // A finger is over a link as soon as it touches it.
      for (const type of ['pointerover', 'focusin'])
        document.addEventListener(
          type,
          (event) => {
            const link = linkOf(event, domains);
            if (link !== null) void tokenFor(link.hostname);
          },
          { capture: true, passive: true },
        );
      document.addEventListener(
        'click',
        (event) => {
          const link = linkOf(event, domains);
          const token = link === null ? null : ready(link.hostname);
          if (link === null || token === null) return;
          const plain = link.href;
          link.href = add(plain, token);
          // A copied link must not carry the visitor.
          setTimeout(() => {
            link.href = plain;
          }, 0);
        },
        true,
      );
    },
  };
}
