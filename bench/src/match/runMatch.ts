import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type MatchReport, matchReportSchema } from '@vitrail/contracts';

const program = fileURLToPath(new URL('../../../server/bin/vitrail.cjs', import.meta.url));

/** `vitrail match … --json` as anybody would run it, in a process of its own. */
export async function runMatch(args: readonly string[]): Promise<MatchReport> {
  const child = spawn(program, ['match', ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-2_000);
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`vitrail match ended with ${String(code)}: ${said}`);
  return matchReportSchema.parse(JSON.parse(text));
}
