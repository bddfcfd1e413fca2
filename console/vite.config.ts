import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const contracts = new URL('../contracts/src/', import.meta.url).pathname;

/**
 * Every zod schema can describe itself as JSON Schema, so the code for it is never shaken off; the console only parses.
 * 6 kB (gzip) of the first load.
 */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/.test(id)) return null;
    const names = [...code.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
    return { code: names.map((name) => `export const ${name} = () => undefined;`).join('\n'), map: null };
  },
};

/**
 * Schemas are made by calls, which a bundler must think of as deeds. Each top one of the contracts is marked as having no
 * effect, so that a page takes along the schemas it reads and not all those that stand in the same file.
 */
const loneSchemas: Plugin = {
  name: 'lone-schemas',
  transform(code, id) {
    if (!id.startsWith(contracts)) return null;
    const calls = this.parse(code).body.flatMap((node) => {
      const made = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
      if (made?.type !== 'VariableDeclaration' || made.kind !== 'const') return [];
      return made.declarations.flatMap(({ init }) => (init?.type === 'CallExpression' ? [init] : []));
    });
    let marked = code;
    for (const { start, end } of calls.toReversed())
      marked = `${marked.slice(0, start)}/* @__PURE__ */ (() => ${marked.slice(start, end)})()${marked.slice(end)}`;
    return { code: marked, map: null };
  },
};

// The server answers `script-src 'self'`: nothing may be inlined, every asset is a file with its hash in the name.
export default defineConfig({
  plugins: [withoutJsonSchema, loneSchemas, react()],
  resolve: { alias: { '@vitrail/contracts': `${contracts}index.ts` } },
  build: {
    outDir: 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Schemas are only values: a page takes along those it reads, not the whole house's.
      treeshake: { moduleSideEffects: (id) => !id.startsWith(contracts) },
      output: {
        codeSplitting: {
          groups: [
            // What every page needs, in one file: sixty small ones compress worse and wait in line.
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-store|store|react-query|query-core)|intl-messageformat|@formatjs|zod)\//,
            },
            // Our own small parts that many pages share.
            {
              name: 'house',
              test: /\/console\/src\/(ui|api|app|i18n)\/.*\.tsx?$|node_modules\/@tabler\//,
              minShareCount: 44,
            },
            // What the frame and most pages draw with, named: counted by how many share it, it would grow with every page. Hooks
            // come along where one of these needs them.
            {
              name: 'parts',
              test: /node_modules\/(@floating-ui|@mantine\/core\/esm\/(core|utils|components\/(ActionIcon|Alert|Anchor|Button|CloseButton|CopyButton|FocusTrap|Group|Input|InputBase|Loader|Menu|Overlay|Popover|Portal|SimpleGrid|Skeleton|Stack|Text|TextInput|Title|Tooltip|Transition|UnstyledButton|VisuallyHidden)))\//,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.VITRAIL_URL ?? 'http://127.0.0.1:4400' } },
});
