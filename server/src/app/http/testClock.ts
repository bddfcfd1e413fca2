import { testClockSchema } from '@vitrail/contracts';
import type { HttpApp } from '../../platform/index.ts';

/**
 * Moves time, for trying out what days bring: waits of journeys, quiet hours, dates. There only while `VITRAIL_TEST_CLOCK`
 * is set.
 */
export function registerTestClock(app: HttpApp, move: (now: Date) => void): void {
  app.post(
    '/api/v1/test-clock',
    {
      config: { access: 'settings.write' },
      schema: {
        tags: ['app'],
        summary: 'Move time',
        description: 'Of the whole installation. Time goes on from there. Only with VITRAIL_TEST_CLOCK=1.',
        body: testClockSchema,
        response: { 200: testClockSchema },
      },
    },
    async (request) => {
      const now = new Date(request.body.now);
      move(now);
      return { now: now.toISOString() };
    },
  );
}
