// Plain JavaScript: it runs in a fresh clone, before TypeScript is installed.
// Installs the dependencies and builds, each only when missing or stale, and says what it does.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Vitrail needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : modified(path));
  }
  return latest;
}

function run(why, args) {
  console.log(`${why} (npm ${args.join(' ')}) …`);
  const npm = process.env.npm_execpath;
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

if (modified(join(root, 'package-lock.json')) > modified(join(root, 'node_modules/.package-lock.json'))) {
  run('Installing dependencies', ['ci', '--no-audit', '--no-fund']);
}
// The compiler leaves its files alone when a change means nothing to it (a test, a style sheet): hence a stamp of our own.
const stamp = join(root, 'node_modules/.vitrail-built');
const outputs = [
  'server/dist/.tsbuildinfo',
  'sdk/browser/dist/script/vitrail.js',
  'console/dist/index.html',
  'demo/dist/storefront/bundle.json',
];
const complete = Math.min(...outputs.map((path) => modified(join(root, path))));
const built = complete === 0 ? 0 : Math.max(complete, modified(stamp));
const parts = ['contracts', 'sdk/browser', 'server/src', 'console', 'demo'];
const sources = parts.map((folder) => newest(join(root, folder)));
if (Math.max(...sources) > built) {
  run('Building', ['run', 'build']);
  writeFileSync(stamp, '');
}
