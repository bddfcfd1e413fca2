import { defineConfig } from 'vite';

/** Bundles what the shop's pages load; `dist/shop/buildStorefront.js` then writes the pages around it. */
export default defineConfig({
  root: new URL('./storefront', import.meta.url).pathname,
  logLevel: 'warn',
  build: {
    outDir: '../dist/storefront',
    emptyOutDir: true,
    manifest: 'bundle.json',
    // The pages' policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'es2022',
    rollupOptions: { input: new URL('./storefront/client/main.ts', import.meta.url).pathname },
  },
});
