#!/usr/bin/env node
// Plain JavaScript because it runs before, and reports the absence of, the build.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Vitrail needs Node 20.19 or newer; this is ${process.version}. Install a newer Node and try again.`);
  process.exit(1);
}
// libuv reads this once, when its pool is first used: chDB queries, file reads and DNS share the pool.
process.env.UV_THREADPOOL_SIZE ??= '16';

const main = new URL('../dist/app/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error('Vitrail is not built yet. Run `npm ci && npm run build` first.');
  process.exit(1);
}
await import(main.href);
