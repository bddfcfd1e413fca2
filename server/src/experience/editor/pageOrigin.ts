/**
 * The origin of a page when its host is one of these, or lies below one (`shop.example` covers `www.shop.example`); null for
 * any other page, and for what is no page at all.
 */
export function pageOrigin(address: string, domains: readonly string[]): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, origin, username, password } = new URL(address);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return null;
  const isOurs = domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
  return isOurs ? origin : null;
}
