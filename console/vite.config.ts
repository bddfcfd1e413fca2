import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server answers `script-src 'self'`: nothing may be inlined, every asset is a file with its hash in the name.
export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: { '@vitrail/contracts': new URL('../contracts/src/index.ts', import.meta.url).pathname },
  },
  build: {
    outDir: 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': process.env.VITRAIL_URL ?? 'http://127.0.0.1:4400' } },
});
