import type { Snippet, SourceKind } from '@vitrail/contracts';

/** Where a shop's clients send, and as which source. */
export interface SnippetTarget {
  /** `https://cdp.shop.example`, without a slash at the end. */
  readonly host: string;
  readonly writeKey: string;
}

/** A value as JavaScript that may stand in a page: `</script>` in it must not end the script. */
const js = (value: string): string =>
  `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'").replaceAll('<', '\\u003c')}'`;

const ownCalls = [
  'load',
  'identify',
  'track',
  'page',
  'screen',
  'group',
  'alias',
  'reset',
  'ready',
  'on',
  'once',
  'off',
  'consent',
  'setAnonymousId',
];

/**
 * Our own client. Calls wait in a list until the script is there; where the page's policy asks for a nonce, the script gets
 * the one of the snippet. At most 1.2 kB, which a test holds it to.
 */
const vitrail = ({ host, writeKey }: SnippetTarget): string => `<script>
  (function (page, document, name, script) {
    var queue = (page[name] = page[name] || []);
    if (queue.load) return;
    ${JSON.stringify(ownCalls.join(' ')).replaceAll('"', "'")}.split(' ').forEach(function (call) {
      queue[call] = function () {
        queue.push([call].concat([].slice.call(arguments)));
        return queue;
      };
    });
    script = document.createElement('script');
    script.async = true;
    script.src = ${js(`${host}/sdk/v1/vitrail.js`)};
    script.nonce = (document.currentScript || script).nonce;
    document.head.appendChild(script);
  })(window, document, 'vitrail');
  // Nothing is stored or sent before: vitrail.consent({ analytics: true })
  vitrail.load(${js(writeKey)}, { host: ${js(host)}, consent: 'required' });
  vitrail.page();
</script>`;

const calls = [
  'identify',
  'track',
  'page',
  'screen',
  'group',
  'alias',
  'ready',
  'reset',
  'on',
  'once',
  'off',
  'setAnonymousId',
  'user',
  'debug',
];

/**
 * Calls made before the script has loaded wait in a list that analytics.js works off; `_writeKey` and `_cdn` are where
 * it looks for its key and its host. The script itself comes from this server (see docs/adr/0010), so no other host is
 * involved.
 */
const html = ({ host, writeKey }: SnippetTarget): string => `<script>
  (function (page, key, host) {
    var analytics = (page.analytics = page.analytics || []);
    if (analytics.invoked) return;
    analytics.invoked = true;
    ${JSON.stringify(calls).replaceAll('"', "'").replaceAll(',', ', ')}.forEach(function (name) {
      analytics[name] = function () {
        if (page.analytics.initialized) return page.analytics[name].apply(page.analytics, arguments);
        analytics.push([name].concat([].slice.call(arguments)));
        return analytics;
      };
    });
    analytics._writeKey = key;
    analytics._cdn = host;
    var script = document.createElement('script');
    script.async = true;
    script.src = host + '/analytics.js/v1/' + key + '/analytics.min.js';
    document.head.appendChild(script);
  })(window, ${js(writeKey)}, ${js(host)});
  analytics.page();
</script>`;

const analyticsNext = ({
  host,
  writeKey,
}: SnippetTarget): string => `import { AnalyticsBrowser } from '@segment/analytics-next';

export const analytics = AnalyticsBrowser.load({
  writeKey: ${js(writeKey)},
  cdnURL: ${js(host)},
});

analytics.page();
analytics.track('Product Viewed', { product_id: 'P-1', price: 19.9, currency: 'EUR' });`;

// The bundled build: the other one loads its parts from RudderStack's own host.
const rudderBrowser = ({
  host,
  writeKey,
}: SnippetTarget): string => `import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';

export const analytics = new RudderAnalytics();
analytics.load(${js(writeKey)}, ${js(host)}, { configUrl: ${js(host)} });

analytics.page();
analytics.track('Product Viewed', { product_id: 'P-1', price: 19.9, currency: 'EUR' });`;

// Jitsu's client wants "key:secret"; what stands behind the colon is ignored here.
const jitsu = (
  { host, writeKey }: SnippetTarget,
  options: string,
): string => `import { jitsuAnalytics } from '@jitsu/js';

export const analytics = jitsuAnalytics({
  host: ${js(host)},
  writeKey: ${js(`${writeKey}:vitrail`)},${options}
});
`;
const jitsuBrowser = (target: SnippetTarget): string => `${jitsu(target, '')}
analytics.page();
analytics.track('Product Viewed', { product_id: 'P-1', price: 19.9, currency: 'EUR' });`;
const jitsuNode = (target: SnippetTarget): string => `${jitsu(target, '\n  s2s: true,')}
await analytics.track('Order Completed', {
  userId: 'customer-42',
  order_id: 'O-1',
  total: 59.7,
  currency: 'EUR',
});`;

const analyticsNode = ({
  host,
  writeKey,
}: SnippetTarget): string => `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: ${js(writeKey)}, host: ${js(host)} });

analytics.track({
  userId: 'customer-42',
  event: 'Order Completed',
  properties: { order_id: 'O-1', total: 59.7, currency: 'EUR' },
});
await analytics.closeAndFlush();`;

const rudderNode = ({
  host,
  writeKey,
}: SnippetTarget): string => `import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const analytics = new RudderAnalytics(${js(writeKey)}, { dataPlaneUrl: ${js(host)} });

analytics.track({
  userId: 'customer-42',
  event: 'Order Completed',
  properties: { order_id: 'O-1', total: 59.7, currency: 'EUR' },
});
await analytics.flush();`;

const shell = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;
const curl = ({ host, writeKey }: SnippetTarget): string => {
  const event = {
    userId: 'customer-42',
    event: 'Order Completed',
    properties: { order_id: 'O-1', total: 59.7, currency: 'EUR' },
  };
  return `curl ${shell(`${host}/v1/track`)} \\
  --user ${shell(`${writeKey}:`)} \\
  --json ${shell(JSON.stringify(event))}`;
};

/** Ready-to-paste code for each client that can send to the source. Pages and servers need different ones. */
export function writeSnippets(kind: SourceKind, target: SnippetTarget): Snippet[] {
  const page: Snippet[] = [
    { id: 'vitrail', language: 'html', install: null, code: vitrail(target) },
    { id: 'html', language: 'html', install: null, code: html(target) },
    {
      id: 'analytics-next',
      language: 'javascript',
      install: 'npm install @segment/analytics-next',
      code: analyticsNext(target),
    },
    {
      id: 'rudder-browser',
      language: 'javascript',
      install: 'npm install @rudderstack/analytics-js',
      code: rudderBrowser(target),
    },
    { id: 'jitsu-browser', language: 'javascript', install: 'npm install @jitsu/js', code: jitsuBrowser(target) },
  ];
  const server: Snippet[] = [
    {
      id: 'analytics-node',
      language: 'javascript',
      install: 'npm install @segment/analytics-node',
      code: analyticsNode(target),
    },
    {
      id: 'rudder-node',
      language: 'javascript',
      install: 'npm install @rudderstack/rudder-sdk-node',
      code: rudderNode(target),
    },
    { id: 'jitsu-node', language: 'javascript', install: 'npm install @jitsu/js', code: jitsuNode(target) },
    { id: 'curl', language: 'shell', install: null, code: curl(target) },
  ];
  return kind === 'browser' ? [...page, ...server] : [...server, ...page];
}
