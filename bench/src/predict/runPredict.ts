import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type PredictReport, predictReportSchema } from '@vitrail/contracts';

const program = fileURLToPath(new URL('../../../server/bin/vitrail.cjs', import.meta.url));

/** `vitrail predict … --json` as anybody would run it, in a process of its own. */
export async function runPredict(file: string, cut: string, horizon: number): Promise<PredictReport> {
  const columns = ['--customer', 'customer', '--date', 'date', '--value', 'value'];
  const args = ['predict', file, ...columns, '--cut', cut, '--horizon', String(horizon), '--json'];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`vitrail predict ended with ${String(code)}`);
  return predictReportSchema.parse(JSON.parse(text));
}
