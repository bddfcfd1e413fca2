import { randomInt } from 'node:crypto';
import { safeDetail } from '../../channels/detail.ts';
import type { HttpAnswer, HttpClient } from '../../channels/http/callHttp.ts';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { type AdDestination, type AdEnd, readEnd } from '../destination.ts';

const version = 'v25.0';

/** Limits of the application, the user, the ad account, and of business use cases. */
const isLimit = (code: number): boolean => [4, 17, 32, 613].includes(code) || (code >= 80_000 && code <= 80_014);
/** Tokens that ended, and rights that are missing. */
const isAccess = (code: number): boolean => [3, 10, 102, 104, 190].includes(code) || (code >= 200 && code <= 299);

/**
 * Members of a customer file Custom Audience: `/{audience}/users` of the Marketing API
 * (developers.facebook.com/docs/marketing-api/reference/custom-audience/users). Each request is an upload session of its own.
 */
export function createMeta(settings: { audienceId: string; accessToken: string }, http: HttpClient): AdDestination {
  const url = `https://graph.facebook.com/${version}/${encodeURIComponent(settings.audienceId)}/users`;
  return {
    async hand({ change, kind, hashes }) {
      const end = await http.call({
        method: change === 'add' ? 'POST' : 'DELETE',
        url,
        headers: { authorization: `Bearer ${settings.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          session: {
            session_id: randomInt(1, 2 ** 47),
            batch_seq: 1,
            last_batch_flag: true,
            estimated_num_total: hashes.length,
          },
          payload: { schema: [kind === 'email' ? 'EMAIL' : 'PHONE'], data: hashes.map((hash) => [hash]) },
        }),
      });
      return end.kind === 'answer' ? readMeta(end) : readEnd(end);
    },
    close: () => http.close(),
  };
}

/** The Graph API answers 400 to nearly everything; its own code says what is meant. */
function readMeta(answer: HttpAnswer): AdEnd {
  const json = readJson(answer.body);
  const code = Number(pick(json, 'error', 'code') || Number.NaN);
  if (Number.isNaN(code)) return readEnd(answer);
  const subcode = pick(json, 'error', 'error_subcode');
  const detail = safeDetail(`${code}${subcode === '' ? '' : `/${subcode}`} ${pick(json, 'error', 'message')}`);
  if (isLimit(code)) return { kind: 'failed', error: 'rate_limited', detail, ...regainAfter(answer) };
  if (isAccess(code)) return { kind: 'failed', error: 'credentials', detail };
  if (code === 1 || code === 2 || answer.status >= 500) return { kind: 'failed', error: 'unavailable', detail };
  return { kind: 'failed', error: 'refused', detail };
}

/** `X-Business-Use-Case-Usage`: by business, a list with the minutes until calls are taken again. */
function regainAfter({ headers }: HttpAnswer): { afterMs?: number } {
  const header = headers['x-business-use-case-usage'];
  const usage = readJson(typeof header === 'string' ? header : '');
  if (typeof usage !== 'object' || usage === null) return {};
  const minutes = Object.values(usage)
    .flat()
    .map((each) => Number(pick(each, 'estimated_time_to_regain_access')))
    .filter((each) => Number.isFinite(each) && each > 0);
  return minutes.length === 0 ? {} : { afterMs: Math.min(Math.max(...minutes), 24 * 60) * 60_000 };
}
