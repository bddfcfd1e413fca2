import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type RecommendReport, recommendReportSchema } from '@vitrail/contracts';

const program = fileURLToPath(new URL('../../../server/bin/vitrail.cjs', import.meta.url));

/** `vitrail recommend … --json` as anybody would run it, in a process of its own. */
export async function runRecommend(args: readonly string[]): Promise<RecommendReport> {
  const child = spawn(program, ['recommend', ...args, '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`vitrail recommend ended with ${String(code)}`);
  return recommendReportSchema.parse(JSON.parse(text));
}
