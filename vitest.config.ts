import { defineConfig } from 'vitest/config';
import { repeatedTests } from './server/test/repeatedTests.ts';

const alias = {
  '@vitrail/contracts': new URL('./contracts/src/index.ts', import.meta.url).pathname,
  '@vitrail/browser': new URL('./sdk/browser/src/index.ts', import.meta.url).pathname,
  '@vitrail/demo': new URL('./demo/src/index.ts', import.meta.url).pathname,
};
/** Seeds of the random segments: `VITRAIL_TEST_SEEDS=1-500` takes the long way, `17-17` repeats one that failed. */
const [firstSeed = 1, lastSeed = firstSeed] = (process.env.VITRAIL_TEST_SEEDS ?? '1-2').split('-').map(Number);
const segmentSeeds = Array.from({ length: lastSeed - firstSeed + 1 }, (_, index) => firstSeed + index);
/** In CI a test that fails is run once more, and `.ci/run` lists it at its end: a machine may stall, a list may not be long. */
const retry = process.env.CI === undefined ? 0 : 1;
const common = { passWithNoTests: false, restoreMocks: true, retry } as const;

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: 2,
    reporters: ['default', repeatedTests],
    projects: [
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'unit',
          // Files of one worker share its modules: loading them anew for each took longer than the tests.
          isolate: false,
          include: ['{contracts,sdk/browser,server,demo}/{src,test}/**/*.test.ts', 'console/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/*.data.test.ts'],
          // The usual five seconds are a matter of what else the machine does.
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'db',
          isolate: false,
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
