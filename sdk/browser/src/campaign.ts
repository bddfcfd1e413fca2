import type { Touch } from './types.ts';

/** Ids that advertisers add to a click: Google (4), Meta, Microsoft, TikTok, X, LinkedIn, Pinterest, Snapchat, Reddit, Impact, Awin, Yandex. */
const clickIdNames = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'fbclid',
  'msclkid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'epik',
  'ScCid',
  'rdt_cid',
  'irclickid',
  'awc',
  'yclid',
];

type Texts = Record<string, string>;

/** `utm_source=letter` is `{source: 'letter'}`; `utm_campaign` is called `name`, as analytics.js does. */
export function readCampaign(search: string): Texts {
  const campaign: Texts = {};
  new URLSearchParams(search).forEach((value, name) => {
    if (name.startsWith('utm_') && value !== '') campaign[name === 'utm_campaign' ? 'name' : name.slice(4)] = value;
  });
  return campaign;
}

export function readClickIds(search: string): Texts {
  const query = new URLSearchParams(search);
  return Object.fromEntries(clickIdNames.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
}

/** Where this visit comes from, if the address says so; else null. Click ids serve advertising alone. */
export function readTouch(
  page: { readonly search: string; readonly url: string; readonly referrer: string },
  at: string,
  advertising: boolean,
): Touch | null {
  const campaign = readCampaign(page.search);
  const clickIds = readClickIds(page.search);
  const clicked = Object.keys(clickIds).length > 0;
  if (!clicked && Object.keys(campaign).length === 0) return null;
  const { url, referrer } = page;
  return { at, url, referrer, campaign, clickIds: clicked && advertising ? clickIds : undefined };
}
