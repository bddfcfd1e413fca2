import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { type Figure, figure } from '../results.ts';
import type { SpeedOptions } from './speed.ts';

const outSchema = z.object({ similar: z.number(), ranked: z.number() });

/** The same numbers of people and items, as sparse, by the library `implicit`: cosine of 100 neighbours, best 20 of everybody. */
const program = `
import json, sys, time
import numpy as np
from scipy import sparse
from implicit.nearest_neighbours import CosineRecommender
interactions, people, items = (int(each) for each in sys.argv[1:4])
draw = np.random.default_rng(1)
users = np.arange(interactions) % people
kinds = np.where(draw.random(interactions) < 0.7, users % 50, draw.integers(0, 50, interactions))
had = np.minimum(items - 1, (items * draw.random(interactions) ** 2.5 // 50 * 50).astype(np.int64) + kinds)
matrix = sparse.csr_matrix((np.ones(interactions, dtype=np.float32), (users, had)), shape=(people, items))
matrix.data[:] = 1
model = CosineRecommender(K=100, num_threads=2)
began = time.time()
model.fit(matrix, show_progress=False)
similar = time.time() - began
began = time.time()
for start in range(0, people, 10000):
    some = np.arange(start, min(people, start + 10000))
    model.recommend(some, matrix[some], N=20)
print(json.dumps({"similar": similar, "ranked": time.time() - began}))
`;

export async function runImplicit(python: string, load: number, size: SpeedOptions): Promise<Figure[]> {
  const numbers = [size.interactions, size.people, size.items].map(String);
  const child = spawn(python, ['-c', program, ...numbers], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`implicit ended with ${String(code)}`);
  const { similar, ranked } = outSchema.parse(JSON.parse(text));
  return [
    figure(load, 'implicit: similarities of as many', similar, 's', 'less', null),
    figure(load, 'implicit: best 20 of as many people', ranked, 's', 'less', null),
  ];
}
