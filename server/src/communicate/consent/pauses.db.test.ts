import { describe, expect, it } from 'vitest';
import { byMail, fact, said, useConsents, zoe } from '../../../test/consents.ts';
import { resumePauses } from './resumePauses.ts';

const { stores, shop, open, deps, later, holder, why, change } = useConsents();

describe('a pause', () => {
  it('ends by itself with what was allowed before, unless the person said more', async () => {
    await open();
    await shop.send(said(zoe, { email: true }));
    const profile = await holder(byMail);
    const at = later(1);
    const expiresAt = new Date(at.getTime() + 30 * 86_400_000);
    await change(fact(profile, at, { state: 'denied', source: 'preference_centre', expiresAt }));
    expect(await why(byMail)).toBe('paused');
    expect(await resumePauses(deps())).toBe(0);
    stores.clock.advance(31 * 86_400_000);
    expect(await why(byMail)).toBe('paused');
    expect(await resumePauses(deps())).toBe(1);
    expect(await resumePauses(deps())).toBe(0);
    expect(await why(byMail)).toBe('granted');
    const again = later(1);
    await change(fact(profile, again, { state: 'denied', expiresAt: new Date(again.getTime() + 86_400_000) }));
    await change(fact(profile, later(1), { state: 'denied' }));
    stores.clock.advance(2 * 86_400_000);
    expect(await resumePauses(deps())).toBe(0);
    expect(await why(byMail)).toBe('refused');
  });
});
