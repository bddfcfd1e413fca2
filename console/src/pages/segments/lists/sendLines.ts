import type { Api } from '../../../api/client.ts';
import { changeMembers } from '../../../api/segments.ts';

/** What became of the lines sent. */
export interface SentLines {
  readonly added: number;
  readonly removed: number;
  readonly unknown: number;
}

/** As many as one call takes without keeping others waiting. */
const atOnce = 10_000;

/** Puts people on a list or takes them off, in parts, with progress. */
export async function sendLines(
  api: Api,
  list: string,
  change: 'add' | 'remove',
  lines: readonly string[],
  onProgress: (share: number) => void,
): Promise<SentLines> {
  let sum: SentLines = { added: 0, removed: 0, unknown: 0 };
  for (let from = 0; from < lines.length; from += atOnce) {
    const part = lines.slice(from, from + atOnce);
    const { added, removed, unknown } = await changeMembers(api, list, { [change]: part });
    sum = { added: sum.added + added, removed: sum.removed + removed, unknown: sum.unknown + unknown };
    onProgress(Math.min(1, (from + atOnce) / lines.length));
  }
  return sum;
}
