import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const answer = z.object({ seconds: z.number() });

/** BG/NBD and Gamma-Gamma of the package lifetimes on the same summaries; nothing of it is part of this repository. */
const script = `
import json, sys, time, pandas
from lifetimes import BetaGeoFitter, GammaGammaFitter
rows = pandas.read_csv(sys.argv[1])
start = time.time()
BetaGeoFitter(penalizer_coef=0.0).fit(rows.x, rows.tx, rows.age)
again = rows[(rows.x > 0) & (rows['mean'] > 0)]
GammaGammaFitter(penalizer_coef=0.0).fit(again.x, again['mean'])
print(json.dumps({'seconds': time.time() - start}))
`;

/** Runs it in the Python given, which has lifetimes installed. Returns seconds. */
export async function runLifetimes(python: string, file: string): Promise<number> {
  const child = spawn(python, ['-c', script, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, log] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    log = (log + part).slice(-2_000);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`lifetimes ended with ${String(code)}: ${log}`);
  return answer.parse(JSON.parse(text.trim().split('\n').at(-1) ?? '')).seconds;
}
