import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const contracts = new URL('../contracts/src/', import.meta.url).pathname;

// The server answers `script-src 'self'`: nothing may be inlined, every asset is a file with its hash in the name.
export default defineConfig({
  plugins: [react()],
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
            {
              name: 'parts',
              test: /node_modules\/(@mantine|@floating-ui|@tabler|react-transition-group|react-remove-scroll)/,
              minShareCount: 24,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.VITRAIL_URL ?? 'http://127.0.0.1:4400' } },
});
