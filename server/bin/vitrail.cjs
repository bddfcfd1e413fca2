#!/usr/bin/env -S node --max-semi-space-size=32
// The flag: a batch of events dies young instead of being copied twice by the garbage collector (docs/adr/0017).
// Plain JavaScript because it runs before, and reports the absence of, the build. CommonJS because Node sizes its thread
// pool when the first ES module is read: chDB queries, file reads and DNS share that pool, and four threads are too few.
process.env.UV_THREADPOOL_SIZE ??= '16';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Vitrail needs Node 20.19 or newer; this is ${process.version}. Install a newer Node and try again.`);
  process.exit(1);
}

const main = join(__dirname, '../dist/app/cli/main.js');
if (!existsSync(main)) {
  console.error('Vitrail is not built yet. Run `npm ci && npm run build` first.');
  process.exit(1);
}
import(pathToFileURL(main).href);
