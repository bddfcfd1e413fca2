/**
 * Seed of what a test draws by chance. `VITRAIL_E2E_SEED` repeats a run that failed; the moments of the machine it cannot
 * repeat. In CI always the same: whoever changes one thing should not meet what another draw would have met before.
 */
export const seed = Number(
  process.env.VITRAIL_E2E_SEED ?? (process.env.CI === undefined ? Date.now() % 1_000_000_007 : 1),
);
