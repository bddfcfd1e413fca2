import { keyScopes, predictionReportSchema, predictionSummarySchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { poll } from '../../../test/poll.ts';
import { useStores } from '../../../test/stores.ts';
import { defineHabitJobs } from '../habits/jobs.ts';
import { definePredictionJobs } from './jobs.ts';
import { registerPredictionRoutes } from './routes.ts';

const deps = useStores();
const http = useApp(deps, { rooms: (app) => registerPredictionRoutes(app, deps) });
let shop: TestWorkspace;
beforeAll(async () => {
  shop = await createWorkspace(deps, { scopes: keyScopes });
  definePredictionJobs(deps);
  defineHabitJobs(deps);
  await deps.jobs.start({ workers: true, schedules: false });
});

async function send(method: 'GET' | 'POST', path: string, key = shop.secretKey) {
  const answer = await http.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { authorization: `Bearer ${key}` },
  });
  return { status: answer.statusCode, json: () => answer.json() };
}

describe('the routes of predictions', () => {
  it('say that nothing is there before the first run', async () => {
    const report = await send('GET', 'predictions/report');
    expect(report.status).toBe(200);
    expect(predictionReportSchema.parse(report.json())).toMatchObject({ running: null, scopes: [] });
    const summary = await send('GET', 'predictions/summary');
    expect(predictionSummarySchema.parse(summary.json())).toMatchObject({ at: null, customers: 0, value30: null });
    expect((await send('POST', 'predictions/cancel')).json()).toEqual({ cancelled: false });
  });

  it('compute on demand, and say why there is nothing', async () => {
    const started = await send('POST', 'predictions/run');
    expect(started.status).toBe(202);
    expect(started.json()).toEqual({ id: expect.stringMatching(/^\d+$/) });
    await poll('the run is over', async () => {
      const report = predictionReportSchema.parse((await send('GET', 'predictions/report')).json());
      return report.running === null && report.scopes[0]?.reasons.includes('no_orders') === true;
    });
  });

  it('are for those who may', async () => {
    expect((await send('GET', 'predictions/report', 'vk_nobody')).status).toBe(401);
    expect((await send('GET', 'profiles/nobody/predictions')).status).toBe(404);
  });
});
