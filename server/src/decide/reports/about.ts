import type { ReportAbout } from '@vitrail/contracts';
import type { Scope } from './scope.ts';

/** What every answer says about itself. */
export const about = (scope: Scope, definition: string): ReportAbout => ({
  definition,
  from: scope.current.from,
  to: scope.current.to,
  timeZone: scope.zone,
  currency: scope.currency,
  at: scope.at.toISOString(),
});
