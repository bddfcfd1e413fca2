import { defineConfig } from 'vitest/config';

const alias = {
  '@vitrail/contracts': new URL('./contracts/src/index.ts', import.meta.url).pathname,
  '@vitrail/demo': new URL('./demo/src/index.ts', import.meta.url).pathname,
};
/** Random segments of this many seeds; `VITRAIL_TEST_SEEDS=500` takes the long way. */
const segmentSeeds = Array.from({ length: Number(process.env.VITRAIL_TEST_SEEDS ?? 6) }, (_, index) => index + 1);
const common = { passWithNoTests: false, restoreMocks: true } as const;

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'unit',
          include: ['{contracts,server,demo}/{src,test}/**/*.test.ts', 'console/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/*.data.test.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'db',
          include: ['server/{src,test}/**/*.db.test.ts'],
          globalSetup: ['server/test/stores.global.ts'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          provide: { segmentSeeds },
        },
      },
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'data',
          include: ['{server,e2e}/**/*.data.test.ts'],
          globalSetup: ['server/test/stores.global.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'e2e',
          include: ['e2e/src/**/*.test.ts'],
          exclude: ['**/*.data.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
