import { describe, expect, it } from 'vitest';
import { troubleOf } from './brake.ts';
import { checkDomain, type Resolver } from './checkDomain.ts';

const wanted = { domain: 'shop.example', selector: 'v1', publicRecord: 'v=DKIM1; k=rsa; p=AAAA' };
const failing = (code: string) => Object.assign(new Error(code), { code });

function zoneOf(records: Readonly<Record<string, readonly string[]>>, broken = ''): Resolver {
  return {
    async resolveTxt(name) {
      if (name === broken) throw failing('ESERVFAIL');
      const found = records[name];
      if (found === undefined) throw failing('ENOTFOUND');
      return found.map((text) => [text]);
    },
    resolveMx: async () => {
      throw failing('ENODATA');
    },
  };
}
const spfOf = async (...records: string[]) =>
  (
    await checkDomain(
      zoneOf({
        'shop.example': records,
        'many.example': [`v=spf1 ${'a '.repeat(9)} include:loop.example -all`],
        'loop.example': ['v=spf1 include:loop.example -all'],
      }),
      wanted,
    )
  ).spf;

describe('what DNS says of a domain', () => {
  it.each([
    [['v=spf1 include:_spf.mail.example -all'], 'ok', 'none'],
    [['google-site-verification=x'], 'missing', 'publish'],
    [['v=spf1 -all', 'v=spf1 ~all'], 'wrong', 'several_records'],
    [['v=spf1 +all'], 'wrong', 'allows_everybody'],
    [['v=spf1 all'], 'wrong', 'allows_everybody'],
    [['v=spf1 include:many.example -all'], 'wrong', 'too_many_lookups'],
    [['v=spf1 include:loop.example -all'], 'wrong', 'too_many_lookups'],
    [['v=spf10 -all'], 'missing', 'publish'],
  ])('SPF %j is %s', async (records, state, advice) => {
    expect(await spfOf(...records)).toMatchObject({ state, advice });
  });

  it('knows a key from another one, however it is split and spaced', async () => {
    const dkimOf = async (text: string) =>
      (await checkDomain(zoneOf({ 'v1._domainkey.shop.example': [text] }), wanted)).dkim;
    expect(await dkimOf('v=DKIM1;k=rsa;p= AA AA')).toMatchObject({ state: 'ok' });
    expect(await dkimOf('v=DKIM1; k=rsa; p=BBBB')).toMatchObject({ state: 'wrong', advice: 'other_key' });
    expect(await dkimOf('v=DKIM1; k=rsa; p=')).toMatchObject({ state: 'missing' });
  });

  it('takes the DMARC of the organisation for names below it', async () => {
    const below = { ...wanted, domain: 'news.shop.example' };
    const dmarcOf = async (text: string) => (await checkDomain(zoneOf({ '_dmarc.shop.example': [text] }), below)).dmarc;
    expect(await dmarcOf('v=DMARC1; p=reject')).toMatchObject({ state: 'ok', advice: 'none' });
    expect(await dmarcOf('v=DMARC1; p=none; sp=none')).toMatchObject({ state: 'ok', advice: 'only_watches' });
    expect(await dmarcOf('v=DMARC1; rua=mailto:x@shop.example')).toMatchObject({ state: 'wrong', advice: 'no_policy' });
  });

  it('says that it does not know when DNS does not answer', async () => {
    const { spf, mx } = await checkDomain(zoneOf({}, 'shop.example'), wanted);
    expect(spf).toMatchObject({ state: 'unknown', advice: 'try_later' });
    expect(mx).toMatchObject({ state: 'missing' });
  });
});

describe('the brake', () => {
  it.each([
    [{ sent: 199, bounced: 199, complained: 199 }, null],
    [{ sent: 1_000, bounced: 80, complained: 3 }, null],
    [{ sent: 1_000, bounced: 81, complained: 0 }, 'bounces'],
    [{ sent: 1_000, bounced: 0, complained: 4 }, 'complaints'],
  ])('%j: %s', (counts, expected) => expect(troubleOf(counts)).toBe(expected));
});
