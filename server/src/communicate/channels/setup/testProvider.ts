import type { Channel, providerTestInputSchema, providerTestSchema } from '@vitrail/contracts';
import type { z } from 'zod';
import type { MessageContent, SendOutcome } from '../provider.ts';
import { healthOf } from '../providerHealth.ts';
import { recordHealth } from '../sql/providers.pg.ts';
import { buildProvider } from './buildProvider.ts';
import { getRow, type SetUpDeps } from './changeProviders.ts';
import { openProvider } from './openProvider.ts';

const title = 'Vitrail';
const words = 'This is a test message of Vitrail. / Ceci est un message d’essai de Vitrail.';

function contentFor(channel: Channel, from: string): MessageContent {
  switch (channel) {
    case 'email':
      return {
        kind: 'email',
        from: { name: title, address: from },
        subject: 'Test · Essai',
        html: `<p>${words}</p>`,
        text: words,
        language: 'en',
      };
    case 'webpush':
    case 'mobilepush':
      return { kind: 'push', title, body: words };
    case 'whatsapp':
      // The one template every account has.
      return { kind: 'whatsapp', template: 'hello_world', language: 'en_US', parameters: [] };
    case 'webhook':
      return { kind: 'json', body: { test: true, text: words } };
    case 'sms':
    case 'chat':
    case 'inbox':
      return { kind: 'text', body: words };
  }
}

const answerOf = (outcome: SendOutcome): z.output<typeof providerTestSchema> => {
  const detail = 'detail' in outcome ? outcome.detail : '';
  if (outcome.kind === 'rejected') return { outcome: 'refused', detail };
  return { outcome: healthOf(outcome) ?? 'unavailable', detail };
};

/** Sends one real message by this provider, past queue and gate, and says what came of it. */
export async function testProvider(
  deps: SetUpDeps,
  workspace: number,
  id: number,
  { to, from }: z.output<typeof providerTestInputSchema>,
): Promise<z.output<typeof providerTestSchema>> {
  const row = await getRow(deps.pg, workspace, id);
  const { kind, settings, secrets } = openProvider(deps.credentials, workspace, row);
  const fields = { ...settings, ...secrets };
  const provider = buildProvider({ kind, fields, limits: { perSecond: 1, concurrency: 1 }, hookUrl: null }, deps.build);
  try {
    const content = contentFor(provider.channel, from ?? to);
    const outcome = await provider.send({ id: 0, workspace, channel: provider.channel, kind: 'test', to, content });
    const answer = answerOf(outcome);
    const health = healthOf(outcome) ?? 'unavailable';
    await deps.pg.run(recordHealth, {
      workspace,
      id,
      health,
      detail: health === 'ok' ? '' : answer.detail,
      now: deps.clock.now(),
    });
    return answer;
  } finally {
    await provider.close();
  }
}
