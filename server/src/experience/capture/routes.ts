import { answerAnswerSchema, answerRequestSchema, answersReportSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { answerPreflight, isRobot } from '../../collect/index.ts';
import { type Keys, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import type { Captures } from './createCapture.ts';
import { createFloodGate } from './floodGate.ts';
import { reportAnswers } from './reportAnswers.ts';

/** Ten questions of 500 letters and the words that were agreed to. */
const bodyBytes = 32 * 1024;

export interface CaptureRouteDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly keys: Pick<Keys, 'findWriteKey'>;
  readonly captures: Captures;
}

/** Answers of visitors, from pages; and what came of them, for people of the shop. */
export function registerCaptureRoutes(app: HttpApp, deps: CaptureRouteDeps): void {
  app.register(async (door) => {
    // Pages send JSON as plain text, which takes no preflight.
    const parse = door.getDefaultJsonParser('error', 'error');
    door.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: bodyBytes }, parse);
    registerAnswers(door, deps);
  });
  app.get(
    '/api/v1/experiences/:id/answers',
    {
      config: { access: 'experience.read' },
      schema: {
        tags: ['Experiences'],
        summary: 'What visitors answered and drew, and what became of what they agreed to',
        description: 'Texts are masked without personal.read.',
        params: z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) }),
        querystring: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
        response: { 200: answersReportSchema },
      },
    },
    (request) => {
      const { workspaceId, permissions } = principalOf(request);
      const mayReadPersonal = permissions.has('personal.read');
      return reportAnswers(deps, workspaceId, request.params.id, { days: request.query.days, mayReadPersonal });
    },
  );
}

function registerAnswers(app: HttpApp, { keys, captures }: CaptureRouteDeps): void {
  const admit = createFloodGate();
  const config = { access: 'public', anyOrigin: true } as const;
  app.post(
    '/v1/answers',
    {
      config,
      bodyLimit: bodyBytes,
      schema: {
        tags: ['Decisions'],
        summary: 'What a visitor answered to a form, a quiz, a wheel or a survey',
        description:
          'Kept as traits of the person, with what they agreed to. The same messageId again is the same answer. Says nothing of what is known of an address.',
        body: answerRequestSchema,
        response: { 200: answerAnswerSchema },
      },
    },
    async (request) => {
      const { headers, ip, body } = request;
      const header = headers['x-write-key'];
      const key = await findKey(keys, typeof header === 'string' ? header : body.writeKey);
      admit(`${key.workspaceId} ${ip}`, body.messageId);
      const userAgent = headers['user-agent'] ?? '';
      // Robots fill in every form they find: they are thanked.
      if (isRobot(userAgent)) return { state: 'taken' as const, confirm: false, code: null, draw: null };
      const gpc = headers['sec-gpc'] === '1';
      return captures.take({ workspace: key.workspaceId, source: key.sourceId, ip, userAgent, gpc }, body);
    },
  );
  app.options('/v1/answers', { config, schema: { hide: true } }, answerPreflight);
}

async function findKey(keys: Pick<Keys, 'findWriteKey'>, key: string | undefined) {
  const found = key === undefined || key === '' ? null : await keys.findWriteKey(key);
  if (found === null)
    throw new Fault(
      'unauthenticated',
      'experience.unknown_key',
      'The write key is missing, unknown or revoked. Send it as writeKey in the body.',
    );
  return found;
}
