import { randomBytes } from 'node:crypto';
import { createServer, isIP } from 'node:net';
import { sitePageSchema, siteSchema, sourcePageSchema } from '@vitrail/contracts';
import { playVisitors, startStorefront } from '@vitrail/demo';
import { type Config, createLog, readConfig } from '../../platform/index.ts';
import { type Running, startVitrail } from '../startVitrail.ts';
import { untilStopped } from './commands.ts';
import { type Server, serverOf } from './connect.ts';
import { hasData, loadSampleRetailer, sampleSeed } from './loadSampleRetailer.ts';
import type { Output } from './output.ts';
import { setUpSampleWork } from './setUpSampleWork.ts';

/** A sign-in for the demo: the environment's, or one that is safe to print because only this machine can reach it. */
function withDemoAccount(config: Config): { config: Config; email: string; password: string } {
  const { admin } = config.firstRun;
  if (admin !== undefined) return { config, ...admin };
  const local = config.host === 'localhost' || (isIP(config.host) > 0 && config.host.startsWith('127.'));
  const account = {
    email: 'owner@clairvoie.example',
    password: local ? 'vitrail-demo' : randomBytes(12).toString('base64url'),
  };
  return { config: { ...config, firstRun: { ...config.firstRun, admin: account } }, ...account };
}

/** `vitrail demo`: the program with the sample retailer, its shop and live visitors. */
export async function demo(
  options: { customers: number; shopPort: number | null; visitors: number },
  output: Output,
): Promise<void> {
  const reading = readConfig(process.env);
  const { config, email, password } = withDemoAccount(reading.config);
  const shopPort = options.shopPort ?? (config.port === 0 ? await freePort(config.host) : config.port + 1);
  // The console takes pictures of products by way of Vitrail: the shop stands on this machine.
  const pictures = originOf(config.host, shopPort);
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  for (const warning of reading.warnings) log.warn({}, warning);
  output.say('Starting Vitrail on its embedded engines …');
  const running = await startVitrail({ ...config, pictureOrigins: [...config.pictureOrigins, pictures] }, log);
  const stopped = untilStopped();
  const visitors = new AbortController();
  const closers: (() => Promise<void>)[] = [() => running.stop()];
  try {
    const server = serverOf(running);
    if (!(await hasData(server))) {
      output.say(`Loading the sample retailer (${options.customers} customers) …`);
      await loadSampleRetailer(server, { customers: options.customers, pictures }, output);
      output.say('Setting up its segments, campaigns, journeys and experiences …');
      await setUpSampleWork(server, { send: config.smtpUrl === undefined });
    }
    const sources = await server.call(sourcePageSchema, '/api/v1/sources?limit=200');
    const writeKey =
      sources.items.find((source) => source.family === 'web' && source.writeKey !== null)?.writeKey ?? '';
    const storefront = await startStorefront({
      port: shopPort,
      host: config.host,
      apiHost: running.address,
      writeKey,
    });
    closers.push(() => storefront.close());
    await nameShop(server, storefront.url);
    const playing = playVisitors({
      apiHost: running.address,
      writeKey,
      ratePerSecond: options.visitors,
      signal: visitors.signal,
      seed: sampleSeed,
      customers: options.customers,
    });
    closers.push(async () => {
      visitors.abort();
      await playing;
    });
    tellWhere(running, storefront.url, email, password, output);
    await stopped;
    output.say('Stopping …');
  } finally {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  }
}

/** How this machine reaches a server that listens there. */
function originOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A port that nobody listens on. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The shop's own pages may be edited where a site says that they are the workspace's: the site without a domain is this one. */
async function nameShop(server: Server, url: string): Promise<void> {
  const domain = new URL(url).hostname;
  if (domain.startsWith('[')) return;
  const { items } = await server.call(sitePageSchema, '/api/v1/sites?limit=200');
  const own = items.find((site) => site.domain === null);
  if (own === undefined || items.some((site) => site.domain === domain)) return;
  await server.call(siteSchema, `/api/v1/sites/${own.id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ domain }),
  });
}

function tellWhere(running: Running, shop: string, email: string, password: string, output: Output): void {
  output.result('');
  output.result(`  Vitrail    ${running.address}`);
  output.result(`  Sign in    ${email}`);
  output.result(`  Password   ${password}`);
  output.result(`  The shop   ${shop}`);
  output.result('');
  output.result('  Visitors are browsing now: watch them under Data → Live. Ctrl-C stops everything.');
}
