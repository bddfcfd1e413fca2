import { describe, expect, it } from 'vitest';
import { readCampaign, readClickIds, readTouch } from './campaign.ts';

describe('where a visit comes from', () => {
  it('is read from utm parameters under the names of analytics.js', () => {
    expect(
      readCampaign('?utm_source=letter&utm_campaign=%C3%A9t%C3%A9&utm_medium=email&utm_id=7&utm_term=&x=1'),
    ).toEqual({
      source: 'letter',
      name: 'été',
      medium: 'email',
      id: '7',
    });
  });

  it('knows the click ids of ads, and keeps them only for who agrees to advertising', () => {
    const page = { search: '?gclid=G-1&fbclid=F-1&other=2', url: 'https://shop.example/', referrer: '' };
    expect(readClickIds(page.search)).toEqual({ gclid: 'G-1', fbclid: 'F-1' });
    expect(readTouch(page, 'now', true)?.clickIds).toEqual({ gclid: 'G-1', fbclid: 'F-1' });
    expect(readTouch(page, 'now', false)).toEqual({ at: 'now', url: page.url, referrer: '', campaign: {} });
  });

  it('is nothing for an address that says nothing', () => {
    expect(readTouch({ search: '?q=robe', url: 'u', referrer: 'r' }, 'now', true)).toBeNull();
  });
});
