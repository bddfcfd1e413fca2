import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/**
 * The classic scripts for pages without a build step. The modules beside them come from the compiler (`tsc -b`).
 * A visitor on a phone pays for every byte: the build fails above `limit` (bytes, gzipped); `aim` is what we promise.
 */
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = at('./dist/script');

const scripts = [
  { name: 'vitrail', entry: './src/script.ts', aim: 8_000, limit: 10_000 },
  { name: 'experiences', entry: './src/experiences/script.ts', aim: 8_000, limit: 8_000 },
  { name: 'early', entry: './src/experiences/early.ts', aim: 1_200, limit: 1_200 },
  // Notifications: what a page loads to offer them, and the worker that shows them.
  { name: 'push', entry: './src/push/script.ts', aim: 2_200, limit: 2_200 },
  { name: 'pushworker', entry: './src/push/worker.ts', aim: 1_500, limit: 1_500 },
];
/** Tracker and experiences together, on every page that shows any. */
const together = { names: ['vitrail', 'experiences'], limit: 16_000 };
/** What is loaded only where it is needed: an entry in `src/parts` for each. */
const parts = { products: 4_000, capture: 6_000, editor: 12_000 };

for (const file of readdirSync(at('./src/parts'))) {
  if (!/^\w+\.ts$/.test(file)) continue;
  const name = file.slice(0, -3);
  const limit = parts[name];
  if (limit === undefined) throw new Error(`src/parts/${file} has no budget: state one in build.mjs.`);
  scripts.push({ name, entry: `./src/parts/${file}`, aim: limit, limit });
}

rmSync(folder, { recursive: true, force: true });
const sizes = new Map();
for (const { name, entry, aim, limit } of scripts) {
  await build({
    root: at('.'),
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2020',
      lib: { entry: at(entry), formats: ['iife'], name: 'vitrailScript', fileName: () => `${name}.js` },
    },
  });
  const bytes = gzipSync(readFileSync(`${folder}/${name}.js`), { level: 9 }).length;
  sizes.set(name, bytes);
  process.stdout.write(`${name}.js: ${bytes} bytes gzipped (aim ${aim}, limit ${limit})\n`);
  if (bytes > limit) throw new Error(`${name}.js is ${bytes} bytes gzipped; at most ${limit} are allowed.`);
}
const sum = together.names.reduce((total, name) => total + sizes.get(name), 0);
process.stdout.write(`${together.names.join(' and ')}: ${sum} bytes gzipped (limit ${together.limit})\n`);
if (sum > together.limit)
  throw new Error(`${together.names.join(' and ')} are ${sum} bytes gzipped; at most ${together.limit} are allowed.`);
