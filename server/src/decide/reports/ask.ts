import type { ChShape, ChValues, Deps } from '../../platform/index.ts';
import { Fault } from '../../platform/index.ts';
import type { Compiled } from './compile/text.ts';

/** Longer than this nobody watches a page. */
const maxSeconds = 20;

/** Runs a report's query; one that takes too long ends with what the reader can do about it. */
export async function ask<R extends ChShape>(
  { ch }: Pick<Deps, 'ch'>,
  { query, values }: Compiled<R>,
  signal?: AbortSignal,
): Promise<ChValues<R>[]> {
  try {
    return await ch.rows(query, values, {
      settings: { max_execution_time: maxSeconds, timeout_overflow_mode: 'throw' },
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'platform.analytics_too_heavy') throw error;
    throw new Fault(
      'unavailable',
      'decide.report_too_heavy',
      `This report needs more than the ${maxSeconds} seconds or the memory a report may take. Choose a shorter period, fewer steps or a filter.`,
      { cause: error, details: { retryAfter: 60 } },
    );
  }
}
