import type { Deps, JsonObject } from '../../platform/index.ts';
import { eraseAnswers, eraseAsked, exportAnswers } from './sql/answers.pg.ts';
import { eraseDraws, exportDraws } from './sql/draws.pg.ts';

interface Whose {
  readonly workspace: number;
  readonly profiles: readonly number[];
}

/** What people answered on the shop's pages, with what they agreed to, and what they drew. */
export async function exportCaptured({ pg }: Pick<Deps, 'pg'>, whose: Whose): Promise<JsonObject> {
  const [answers, draws] = await Promise.all([pg.rows(exportAnswers, whose), pg.rows(exportDraws, whose)]);
  return {
    answers: answers.map(({ at, consent_state: consentState, ...row }) => ({
      ...row,
      at: at.toISOString(),
      consentState,
    })),
    draws: draws.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
  };
}

export async function eraseCaptured({ pg }: Pick<Deps, 'pg'>, whose: Whose): Promise<{ [kind: string]: number }> {
  return {
    answers: await pg.run(eraseAnswers, whose),
    draws: await pg.run(eraseDraws, whose),
    questionsClosed: await pg.run(eraseAsked, whose),
  };
}
