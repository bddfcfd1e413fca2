import { z } from 'zod';
import type { TestServer } from '../harness/startServer.ts';

const identified = z.object({ id: z.union([z.string(), z.number()]) });

/** One of everything that pages show, and the paths under which an attacker would ask for it. */
export async function fillExperiences(
  { api }: Pick<TestServer, 'api'>,
  { mark }: { mark: string },
): Promise<Readonly<Record<string, string | number>>> {
  const experience = await api.post('/api/v1/experiences', {
    key: mark.toLowerCase(),
    name: mark,
    variants: [{ key: 'a', name: mark, weight: 1, content: { kind: 'bar', texts: { en: { title: mark } } } }],
  });
  const experiment = await api.post('/api/v1/experiments', {
    key: mark.toLowerCase(),
    name: mark,
    hypothesis: mark,
    kind: 'flag',
    variations: [
      { key: 'a', name: mark, weight: 0.5 },
      { key: 'b', name: mark, weight: 0.5 },
    ],
    metrics: [{ key: 'buyers', name: mark, type: 'share', measure: { of: 'orders' }, role: 'primary' }],
  });
  const flag = await api.post('/api/v1/flags', { key: mark, name: mark, type: 'string', default: mark });
  return {
    '/api/v1/experiences/': identified.parse(experience).id,
    '/api/v1/experiments/': identified.parse(experiment).id,
    '/api/v1/flags/': identified.parse(flag).id,
  };
}
