/**
 * What browser clients fetch before they send. Shapes captured from @segment/analytics-next 1.84.3 and
 * @rudderstack/analytics-js 3.34.1 (November 2026).
 */

/** `GET /v1/projects/:key/settings`. `apiHost` leads the events to this server. */
export const segmentSettings = (writeKey: string, server: URL) => ({
  integrations: {
    'Segment.io': {
      apiKey: writeKey,
      apiHost: `${server.host}/v1`,
      protocol: server.protocol.replace(':', ''),
      unbundledIntegrations: [],
      addBundledMetadata: true,
      maybeBundledConfigIds: {},
    },
  },
  plan: {
    track: { __default: { enabled: true, integrations: {} } },
    identify: { __default: { enabled: true } },
    group: { __default: { enabled: true } },
  },
  edgeFunction: {},
  middlewareSettings: {},
  enabledMiddleware: {},
  // Nothing about the client itself is to be reported.
  metrics: { sampleRate: 0 },
  legacyVideoPluginsEnabled: false,
  remotePlugins: [],
});

/** `GET /sourceConfig`. No destinations: they are reached from the server. */
export const rudderSourceConfig = (
  writeKey: string,
  origin: { readonly workspaceId: number; readonly sourceId: number },
  now: Date,
) => ({
  source: {
    id: String(origin.sourceId),
    name: `source ${origin.sourceId}`,
    writeKey,
    enabled: true,
    workspaceId: String(origin.workspaceId),
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    connections: [],
    destinations: [],
    dataplanes: {},
  },
  updatedAt: now.toISOString(),
});
