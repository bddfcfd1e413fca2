import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const folderOf = (file: string): string => dirname(require.resolve(file));

/** A browser client as its makers publish it, and how a page starts it and tracks with it. */
export interface BrowserClient {
  readonly name: string;
  /** Folder that the page loads from, under `/client/`. */
  readonly folder: string;
  /** Page head; `$HOST` is the door. It leaves `window.send(id)`, which makes one call that carries the id. */
  readonly head: string;
}

/** Reads `window.send` into being once the client can be called; all of them take calls at once. */
const moduleHead = (source: string): string => `<script type="module">${source}</script>`;

/** Each with the settings its documentation gives for the plainest use; what only phones home is switched off. */
export const clients: readonly BrowserClient[] = [
  {
    name: '@vitrail/browser',
    folder: folderOf('@vitrail/browser/vitrail.js'),
    head: `<script src="/client/vitrail.js"></script><script>
      vitrail.load('wk_bench', { host: '$HOST', consent: 'not-required' });
      window.send = (id) => vitrail.track('Burst', { id });
    </script>`,
  },
  {
    name: '@segment/analytics-next',
    folder: join(folderOf('@segment/analytics-next/package.json'), 'dist/umd'),
    head: `<script src="/client/index.js"></script><script>
      const analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'wk_bench', cdnURL: '$HOST' });
      analytics.ready(() => { window.send = (id) => analytics.track('Burst', { id }); });
    </script>`,
  },
  {
    name: '@rudderstack/analytics-js (bundled, published unminified)',
    folder: join(folderOf('@rudderstack/analytics-js/bundled'), '../esm'),
    head: moduleHead(`
      import { RudderAnalytics } from '/client/index.mjs';
      const client = new RudderAnalytics();
      client.load('wk_bench', '$HOST', { configUrl: '$HOST', logLevel: 'NONE' });
      client.ready(() => { window.send = (id) => client.track('Burst', { id }); });`),
  },
  {
    name: 'posthog-js',
    folder: join(folderOf('posthog-js/package.json'), 'dist'),
    head: moduleHead(`
      import posthog from '/client/module.no-external.js';
      posthog.init('wk_bench', { api_host: '$HOST', autocapture: false, capture_pageview: false, capture_pageleave: false,
        disable_session_recording: true, disable_surveys: true, advanced_disable_flags: true, opt_out_useragent_filter: true,
        loaded: () => { window.send = (id) => posthog.capture('Burst', { id }); } });`),
  },
  {
    name: '@snowplow/browser-tracker',
    folder: folderOf('@snowplow/browser-tracker'),
    head: `<script src="/client/index.umd.min.js"></script><script>
      snowplowBrowserTracking.newTracker('sp', '$HOST', { appId: 'shop', encodeBase64: false });
      window.send = (id) => snowplowBrowserTracking.trackStructEvent({ category: 'shop', action: 'Burst', label: id });
    </script>`,
  },
];
