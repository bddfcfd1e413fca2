import { AnalyticsBrowser } from '@segment/analytics-next';
import { type Preferences, readConsent } from './consent.ts';

/**
 * The shop's measurement: Segment's own client, unmodified. Only its two addresses and the write key are ours. Calls are
 * kept in the page until the visitor agrees to be measured, and die with it if they do not.
 */
const client = new AnalyticsBrowser();
let preferences: Preferences | null = null;
let loading = false;

interface Collector {
  readonly writeKey: string;
  /** Where events go: scheme, host and port. */
  readonly apiHost: string;
}

client.addSourceMiddleware(({ payload, next }) => {
  if (preferences === null) return;
  const { event } = payload.obj;
  // A visitor who withdraws is measured one last time: that they withdrew.
  if (!preferences.analytics && event !== 'Segment Consent Preference Updated') return;
  payload.obj.context = { ...payload.obj.context, consent: { categoryPreferences: { ...preferences } } };
  next(payload);
});

/** Starts measuring if the visitor agreed; call again whenever they answer. */
export function applyConsent(answer: Preferences | null, changed: boolean): void {
  const before = preferences;
  preferences = answer;
  const measured = answer?.analytics === true || before?.analytics === true;
  if (!measured) return;
  if (changed) void client.track('Segment Consent Preference Updated', {});
  if (loading) return;
  loading = true;
  void load();
}

async function load(): Promise<void> {
  const answer = await fetch('/config.json');
  const { writeKey, apiHost }: Collector = await answer.json();
  const { host, protocol } = new URL(apiHost);
  client.load(
    { writeKey, cdnURL: apiHost },
    { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol: protocol === 'http:' ? 'http' : 'https' } } },
  );
}

/** Call once per page, after the page's own script is set up. */
export function startTracking(): void {
  applyConsent(readConsent(), false);
}

export function trackPage(name: string): void {
  void client.page(name);
}

export function track(event: string, properties: Record<string, unknown>): void {
  void client.track(event, properties);
}

/** Waits until the calls are out, but not long: leaving the page would take them away. */
export async function trackBeforeLeaving(
  calls: readonly (readonly [string, Record<string, unknown>])[],
): Promise<void> {
  const sent = Promise.all(calls.map(([event, properties]) => client.track(event, properties)));
  if (preferences?.analytics !== true) return;
  await Promise.race([sent, new Promise((done) => setTimeout(done, 600))]);
}

/** Who the visitor says they are; without an id only what is known of them. */
export async function identify(userId: string | null, traits: Record<string, unknown>): Promise<void> {
  const sent = userId === null ? client.identify(traits) : client.identify(userId, traits);
  if (preferences?.analytics !== true) return;
  await Promise.race([sent, new Promise((done) => setTimeout(done, 600))]);
}

export function forget(): void {
  void client.reset();
}
