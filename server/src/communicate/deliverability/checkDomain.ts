import { promises as dns } from 'node:dns';
import type { DomainCheck, DomainChecks } from '@vitrail/contracts';

/** What is asked of the domain name system; `node:dns` unless a test says otherwise. */
export interface Resolver {
  /** Each record as its pieces. */
  resolveTxt(name: string): Promise<readonly (readonly string[])[]>;
  resolveMx(name: string): Promise<readonly { readonly exchange: string }[]>;
}

export const systemResolver: Resolver = new dns.Resolver({ timeout: 4_000, tries: 2 });

const check = (state: DomainCheck['state'], found: string | null, advice: DomainCheck['advice']): DomainCheck => ({
  state,
  found: found?.slice(0, 1_000) ?? null,
  advice,
});
const unknown = check('unknown', null, 'try_later');

/** No such name and no such record are answers; everything else is a resolver that does not work. */
const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');

async function texts(resolver: Resolver, name: string): Promise<string[] | null> {
  try {
    return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''));
  } catch (error) {
    return isAbsent(error) ? [] : null;
  }
}

/** RFC 7208: one record, ten look-ups, and an end that does not let everybody in. */
async function checkSpf(resolver: Resolver, domain: string): Promise<DomainCheck> {
  const all = await texts(resolver, domain);
  if (all === null) return unknown;
  const records = all.filter((text) => /^v=spf1(\s|$)/i.test(text));
  const [record] = records;
  if (record === undefined) return check('missing', null, 'publish');
  if (records.length > 1) return check('wrong', records.join(' | '), 'several_records');
  if (/(^|\s)\+?all(\s|$)/i.test(record)) return check('wrong', record, 'allows_everybody');
  const lookups = await countLookups(resolver, record, 0);
  if (lookups > 10) return check('wrong', record, 'too_many_lookups');
  return check('ok', record, 'none');
}

/** Terms of a record and of those it includes that cost a look-up (RFC 7208 §4.6.4). */
async function countLookups(resolver: Resolver, record: string, depth: number): Promise<number> {
  let count = 0;
  for (const term of record.split(/\s+/)) {
    const [, name = ''] = /^[+?~-]?include:(.+)$/i.exec(term) ?? /^redirect=(.+)$/i.exec(term) ?? [];
    if (name === '') {
      if (/^[+?~-]?(a|mx|ptr|exists)([:/]|$)/i.test(term)) count += 1;
      continue;
    }
    count += 1;
    // Deeper, or longer, than any sound record: the answer is known already.
    if (depth > 9 || count > 10) return 11;
    const included = (await texts(resolver, name))?.find((text) => /^v=spf1(\s|$)/i.test(text));
    if (included !== undefined) count += await countLookups(resolver, included, depth + 1);
  }
  return count;
}

const keyOf = (record: string): string => /(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1]?.replace(/\s+/g, '') ?? '';

async function checkDkim(resolver: Resolver, name: string, wanted: string): Promise<DomainCheck> {
  const all = await texts(resolver, name);
  if (all === null) return unknown;
  const record = all.find((text) => keyOf(text) !== '');
  if (record === undefined) return check('missing', all[0] ?? null, 'publish');
  return keyOf(record) === keyOf(wanted) ? check('ok', record, 'none') : check('wrong', record, 'other_key');
}

/** RFC 7489: Google and Yahoo ask every bulk sender for a record; a policy of none protects nobody. */
async function checkDmarc(resolver: Resolver, domain: string): Promise<DomainCheck> {
  // A record of the organisation's domain holds for the names below it.
  const parent = domain.split('.').length > 2 ? domain.split('.').slice(-2).join('.') : null;
  for (const name of parent === null ? [domain] : [domain, parent]) {
    const all = await texts(resolver, `_dmarc.${name}`);
    if (all === null) return unknown;
    const records = all.filter((text) => /^v=DMARC1\s*(;|$)/i.test(text));
    const [record] = records;
    if (record === undefined) continue;
    if (records.length > 1) return check('wrong', records.join(' | '), 'several_records');
    const policy = /;\s*p=(\w+)/i.exec(record)?.[1]?.toLowerCase();
    if (policy === undefined) return check('wrong', record, 'no_policy');
    return check('ok', record, policy === 'none' ? 'only_watches' : 'none');
  }
  return check('missing', null, 'publish');
}

/** Answers and bounces need somewhere to go. */
async function checkMx(resolver: Resolver, domain: string): Promise<DomainCheck> {
  try {
    const hosts = (await resolver.resolveMx(domain))
      .map(({ exchange }) => exchange)
      .filter((host) => host !== '' && host !== '.');
    return hosts.length > 0 ? check('ok', hosts.join(', '), 'none') : check('missing', null, 'publish');
  } catch (error) {
    return isAbsent(error) ? check('missing', null, 'publish') : unknown;
  }
}

/** Whether receivers can see that mail of a domain is its own. Never throws. */
export async function checkDomain(
  resolver: Resolver,
  { domain, selector, publicRecord }: { domain: string; selector: string; publicRecord: string },
): Promise<DomainChecks> {
  const [spf, dkim, dmarc, mx] = await Promise.all([
    checkSpf(resolver, domain),
    checkDkim(resolver, `${selector}._domainkey.${domain}`, publicRecord),
    checkDmarc(resolver, domain),
    checkMx(resolver, domain),
  ]);
  return { spf, dkim, dmarc, mx };
}
