import type { Facts } from './facts.ts';
import type { Decision } from './payload.ts';

export interface Asked {
  readonly url: string;
  readonly writeKey: string;
  readonly anonymousId: string | null;
  readonly personalisation: boolean | undefined;
  readonly language: string;
  readonly facts: Facts;
  readonly visit: { readonly id?: string; readonly pages: number; readonly seconds: number };
  readonly timeoutMs: number;
}

const deviceOf = (): 'mobile' | 'tablet' | 'desktop' => {
  const { width } = screen;
  if (!matchMedia('(pointer: coarse)').matches) return 'desktop';
  return width < 600 ? 'mobile' : 'tablet';
};

const isDecision = (value: unknown): value is Decision => {
  const { key, variant, trigger } = Object(value);
  return typeof key === 'string' && typeof variant === 'string' && typeof Object(trigger).on === 'string';
};

/** What the server decides for this page; null when it does not answer in time: the page stays as the shop made it. */
export async function askDecisions(asked: Asked): Promise<{ decisions: Decision[]; ttl: number } | null> {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), asked.timeoutMs);
  const query = new URLSearchParams(location.search);
  const utm = (name: string): string | undefined => query.get(`utm_${name}`) ?? undefined;
  const began = performance.now();
  try {
    // Plain text and no header of ours: no preflight.
    const answer = await fetch(asked.url, {
      method: 'POST',
      signal: abort.signal,
      body: JSON.stringify({
        writeKey: asked.writeKey,
        ...(asked.anonymousId === null ? {} : { anonymousId: asked.anonymousId }),
        page: {
          url: location.origin + location.pathname,
          path: location.pathname,
          title: document.title,
          referrer: document.referrer,
        },
        context: {
          ...(asked.personalisation === undefined ? {} : { consent: { personalisation: asked.personalisation } }),
          language: asked.language,
          device: deviceOf(),
          // Its name would take 30 ms on a slow phone.
          utcOffset: -new Date().getTimezoneOffset(),
          campaign: { source: utm('source'), medium: utm('medium'), name: utm('campaign') },
          visit: asked.visit,
          ...asked.facts,
        },
      }),
    });
    if (!answer.ok) return null;
    const { decisions, ttl }: Record<string, unknown> = Object(await answer.json());
    if (!Array.isArray(decisions)) return null;
    const waitMs = Math.round(performance.now() - began);
    return { decisions: decisions.filter(isDecision).map((each) => ({ ...each, waitMs })), ttl: Number(ttl) || 1 };
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}
