import Bowser from 'bowser';
import { LRUCache } from 'lru-cache';
import { type Json, objectOf, scalarText } from '../../platform/index.ts';
import type { CollectedEvent } from './record.ts';

interface Client {
  readonly deviceType: string;
  readonly os: string;
  readonly browser: string;
  readonly bot: boolean;
}

/** What the event's context says about page, campaign and device, as columns. Absent texts are ''. */
export interface Enrichment extends Client {
  readonly url: string;
  readonly path: string;
  readonly referrer: string;
  readonly campaignSource: string;
  readonly campaignMedium: string;
  readonly campaignName: string;
  readonly sessionId: string;
  readonly language: string;
  readonly country: string;
}

const noClient: Client = { deviceType: '', os: '', browser: '', bot: false };
const robots = /bot\b|crawl|spider|slurp|headless|lighthouse|pingdom|monitor|preview|facebookexternalhit|wget|curl\//i;

/** Whether a user agent says that it is a machine. */
export const isRobot = (userAgent: string): boolean => robots.test(userAgent);
/** Parsing costs ~50 µs and a shop sees few thousand distinct agents. */
const clients = new LRUCache<string, Client>({ max: 20_000 });

function clientOf(userAgent: string): Client {
  if (userAgent === '') return noClient;
  let client = clients.get(userAgent);
  if (client === undefined) {
    const parsed = Bowser.parse(userAgent);
    client = {
      deviceType: parsed.platform.type ?? '',
      os: parsed.os.name ?? '',
      browser: parsed.browser.name ?? '',
      bot: robots.test(userAgent),
    };
    clients.set(userAgent, client);
  }
  return client;
}

const textOf = (value: Json | undefined): string => scalarText(value, 2048);

function campaignFromUrl(search: string): URLSearchParams | null {
  return search.includes('utm_') ? new URLSearchParams(search) : null;
}

/**
 * Pure, apart from a cache of parsed user agents. Robots are flagged, never dropped. Field by field: an object spread
 * at the head of a literal costs 10 µs in V8 of Node 20, twenty times the rest of this function.
 */
export function enrich(event: CollectedEvent): Enrichment {
  const { context, properties } = event;
  const page = objectOf(context.page);
  const isPage = event.type === 'page';
  const url = textOf(page.url) || (isPage ? textOf(properties.url) : '');
  const campaign = objectOf(context.campaign);
  const query = url.indexOf('?');
  const utm = campaignFromUrl(textOf(page.search) || (query < 0 ? '' : url.slice(query)));
  const { deviceType, os, browser, bot } = clientOf(event.userAgent);
  return {
    deviceType,
    os,
    browser,
    // A page can see what its headers hide: that a program drives the browser.
    bot: bot || context.bot === true,
    url,
    path: textOf(page.path) || (isPage ? textOf(properties.path) : ''),
    referrer: textOf(page.referrer) || (isPage ? textOf(properties.referrer) : ''),
    campaignSource: textOf(campaign.source) || (utm?.get('utm_source') ?? ''),
    campaignMedium: textOf(campaign.medium) || (utm?.get('utm_medium') ?? ''),
    campaignName: textOf(campaign.name) || (utm?.get('utm_campaign') ?? ''),
    sessionId: textOf(context.sessionId),
    language: textOf(context.locale),
    country: textOf(objectOf(context.location).country),
  };
}
