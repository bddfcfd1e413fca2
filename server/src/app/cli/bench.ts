import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pipelineStatusSchema } from '@vitrail/contracts';
import { createLog, readConfig } from '../../platform/index.ts';
import { startVitrail } from '../startVitrail.ts';
import { type Server, serverOf } from './connect.ts';
import type { Output } from './output.ts';

const perBatch = 100;
const senders = 8;
const key = 'wk_bench';

/** A believable call of visitor `index`: mostly views, some identify calls and orders. */
function callOf(index: number): object {
  const person = (index * 7919) % 20_000;
  const base = { messageId: `bench-${index}`, anonymousId: `visitor-${person}`, timestamp: new Date().toISOString() };
  if (index % 20 === 0)
    return {
      ...base,
      type: 'identify',
      userId: `user-${person}`,
      traits: { email: `user-${person}@shop.example`, firstName: 'Zoé' },
    };
  if (index % 33 === 0) {
    const properties = {
      order_id: `order-${index}`,
      total: 59.9,
      currency: 'EUR',
      products: [{ product_id: `p${index % 500}`, price: 59.9, quantity: 1 }],
    };
    return { ...base, type: 'track', event: 'Order Completed', userId: `user-${person}`, properties };
  }
  return {
    ...base,
    type: 'track',
    event: 'Product Viewed',
    properties: { product_id: `p${index % 500}`, price: 59.9, currency: 'EUR' },
  };
}

async function send(server: Server, events: number): Promise<void> {
  let next = 0;
  const headers = {
    authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    'content-type': 'application/json',
  };
  const sender = async (): Promise<void> => {
    while (next < events) {
      const first = next;
      next += perBatch;
      const batch = Array.from({ length: Math.min(perBatch, events - first) }, (_, index) => callOf(first + index));
      const body = JSON.stringify({ batch });
      for (let status = 0; status !== 200; ) {
        const response = await fetch(new URL('/v1/batch', server.address), { method: 'POST', headers, body });
        await response.arrayBuffer();
        ({ status } = response);
        if (status !== 200) await pause(200);
      }
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
}

/** A quick measure of this machine; `npm run bench` in the repository compares with the bare engines and records figures. */
export async function bench(options: { events: number }, output: Output): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrail-bench-'));
  const { config } = readConfig({
    VITRAIL_DATA_DIR: dataDir,
    VITRAIL_PORT: '0',
    VITRAIL_WRITE_KEY: key,
    VITRAIL_LOG_LEVEL: 'warn',
  });
  try {
    const running = await startVitrail(config, createLog(config.logLevel));
    const server = serverOf(running);
    output.say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; sender and server share them`);
    const began = performance.now();
    await send(server, options.events);
    const accepted = performance.now();
    for (;;) {
      const { backlog, accepted: visible } = await server.call(pipelineStatusSchema, '/api/v1/pipeline');
      output.progress(`${backlog} events on their way`);
      if (backlog === 0 && visible >= options.events) break;
      await pause(100);
    }
    const visible = performance.now();
    const rate = (until: number): string => Math.round((options.events / (until - began)) * 1_000).toLocaleString('en');
    output.result(`accepted (durable)     ${rate(accepted)} events/s`);
    output.result(`visible on profiles    ${rate(visible)} events/s`);
    await running.stop();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
