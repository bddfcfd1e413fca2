import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { permissions } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { firstRooms, pageRooms, roomsOf } from './rooms.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const routerText = ['router.tsx', 'analyticsRoutes.ts', 'foreseenRoutes.ts', 'websiteRoutes.ts']
  .map((name) => readFileSync(join(root, 'app', name), 'utf8'))
  .join('\n');

/** Key → the file it is in. */
const roomOfKey = new Map<string, string>();
for (const file of readdirSync(join(root, 'i18n/en')).filter((name) => name.endsWith('.json'))) {
  const visit = (tree: object, prefix: string): void => {
    for (const [name, value] of Object.entries(tree))
      if (typeof value === 'string') roomOfKey.set(prefix + name, file.slice(0, -'.json'.length));
      else visit(value, `${prefix}${name}.`);
  };
  visit(JSON.parse(readFileSync(join(root, 'i18n/en', file), 'utf8')), '');
}

const isPermission = new Set<string>(permissions);

/** Parts that bring words of their own: `lazyWords(['rooms'], () => import('part'))`. */
const bringing = /lazyWords\(\s*\[([^\]]*)\],\s*\(\) =>\s*import\('(\.[^']+)'\)/g;

/**
 * Files that a file leads to, by imports of both kinds; never into pages from outside them, nor into the catalogues, nor into
 * parts that bring words of their own.
 */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8')
    .replaceAll(bringing, '')
    .matchAll(/(?:from|import\()\s*'(\.[^']+\.tsx?)'/g)) {
    const next = join(dirname(file), path);
    const isPage = relative(root, next).startsWith('pages/');
    const fromPage = relative(root, file).startsWith('pages/');
    if (!relative(root, next).startsWith('i18n/') && (!isPage || fromPage)) reach(next, seen);
  }
  return seen;
}

/** The rooms whose words these files say: keys written out, and templates with their holes as wildcards. */
function roomsSaid(files: Iterable<string>): string[] {
  const rooms = new Set<string>();
  const keys = [...roomOfKey.keys()];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const [, key = ''] of text.matchAll(/['"]([A-Za-z][\w-]*(?:\.[\w-]+)+)['"]/g)) {
      const room = roomOfKey.get(key);
      // `can('keys.write')` asks for a permission.
      if (room !== undefined && !isPermission.has(key)) rooms.add(room);
    }
    for (const [, template = ''] of text.matchAll(/`([A-Za-z][\w-]*\.[^`\s]*\$\{[^`\s]*)`/g)) {
      const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      const pattern = new RegExp(`^${parts.join('[\\w-]+')}$`);
      for (const key of keys) if (pattern.test(key)) rooms.add(roomOfKey.get(key) ?? '');
    }
  }
  return [...rooms].toSorted();
}

/** What these files say without having the words, and what the parts say that they bring with words of their own. */
function unspoken(file: string, loaded: ReadonlySet<string>): string[] {
  const files = reach(file);
  const own = roomsSaid(files).filter((room) => !loaded.has(room));
  const parts = [...files].flatMap((each) =>
    [...readFileSync(each, 'utf8').matchAll(bringing)].flatMap(([, rooms = '', path = '']) => {
      const brought = [...rooms.matchAll(/'([^']+)'/g)].map(([, room = '']) => room);
      return unspoken(join(dirname(each), path), new Set([...loaded, ...brought])).map((room) => `${path}: ${room}`);
    }),
  );
  return [...own, ...parts];
}

const pages = routerText.split('createRoute(').flatMap((block) => {
  const path = /path: '([^']+)'/.exec(block)?.[1];
  const file = /import\('\.\.\/(pages\/[^']+)'\)/.exec(block)?.[1];
  return path === undefined || file === undefined ? [] : [{ path, file }];
});

describe('the words a page needs', () => {
  it('are found for every page of the router', () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.map(({ path }) => path)).toContain('/customers/$id');
  });

  it('are loaded at first where they belong to the frame', () => {
    const frame = [...reach(join(root, 'app/main.tsx')), ...reach(join(root, 'pages/access/index.ts'))];
    expect(roomsSaid(frame).filter((room) => !firstRooms.includes(room))).toEqual([]);
  });

  it.each(pages)('are loaded with $path', ({ path, file }) => {
    const declared = roomsOf(path);
    if (declared === null) return;
    const loaded = new Set([...firstRooms, ...declared]);
    expect(unspoken(join(root, file), loaded)).toEqual([]);
  });
});

it('an address names its page, or the pages below one', () => {
  expect(roomsOf('/')).toBe(pageRooms['/']);
  expect(roomsOf('/products/x1')).toBe(pageRooms['/products/*']);
  expect(roomsOf('/segments/x1')).toBeNull();
  expect(roomsOf('/nowhere')).toBeNull();
});
