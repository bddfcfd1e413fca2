import { afterEach } from 'vitest';
import { createHttpApp, type HttpAppParts, type HttpSettings } from '../src/app/http/createHttpApp.ts';
import { usualLimits } from '../src/app/http/limits.ts';
import type { Identified } from '../src/govern/index.ts';
import { createMetrics, type HttpApp, type Log } from '../src/platform/index.ts';

/** Nobody is signed in. */
export const nobody: Identified = { identity: null, byCookie: false, setCookies: [] };

export const bareSettings: HttpSettings = {
  publicUrl: null,
  trustProxy: false,
  limits: usualLimits,
  bodyLimit: 1000,
  slowMs: 10_000,
  version: '1.2.3',
};

/** A log that keeps its lines for the test to read. */
export function collectLog(): { log: Log; lines: { level: string; fields: object; message: string }[] } {
  const lines: { level: string; fields: object; message: string }[] = [];
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
  };
  return { log, lines };
}

/** The web server without stores or rooms: what all routes share, with the parts a test is about. */
export const createBareApp = (parts: Partial<HttpAppParts> = {}): Promise<HttpApp> =>
  createHttpApp({
    log: collectLog().log,
    metrics: createMetrics(),
    settings: bareSettings,
    identify: async () => nobody,
    ready: [],
    rooms: () => undefined,
    ...parts,
  });

/** `createBareApp` whose apps are closed after each test of the file. */
export function useBareApps(): typeof createBareApp {
  const opened: HttpApp[] = [];
  afterEach(async () => {
    for (const app of opened.splice(0)) await app.close();
  });
  return async (parts) => {
    const app = await createBareApp(parts);
    opened.push(app);
    return app;
  };
}
