import { defaultMatchSettings, matchEngine } from './engine/index.ts';
import type { MatchDeps } from './subject.ts';

/** Everything matching works with: what it is given, and its engine. */
export const createMatchDeps = (given: Omit<MatchDeps, 'engine' | 'defaults'>): MatchDeps => ({
  ...given,
  engine: matchEngine,
  defaults: defaultMatchSettings,
});
