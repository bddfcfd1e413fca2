import type { Reporter } from 'vitest/node';

/** Lists the tests that passed only when they were run once more, with what they said the first time. */
export const repeatedTests: Reporter = {
  onTestRunEnd(modules) {
    for (const module of modules)
      for (const test of module.children.allTests('passed')) {
        if ((test.diagnostic()?.retryCount ?? 0) === 0) continue;
        const [first] = test.result().errors ?? [];
        process.stdout.write(`repeated: ${module.relativeModuleId} > ${test.fullName}: ${first?.message ?? ''}\n`);
      }
  },
};
