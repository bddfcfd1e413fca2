import type { Signer } from '../../consent/signTokens.ts';

/** A real end → where the picture that counts down to it is. */
export type CountdownLink = (until: number, language: string) => string;

const kind = 'n';

/** Signed, so that nobody can have us draw other ends under our name. */
export function createCountdownLinks(
  signer: Signer,
  publicUrl: string,
): {
  link: CountdownLink;
  read(token: string): { until: Date; language: string } | null;
} {
  const origin = publicUrl.replace(/\/+$/, '');
  return {
    link: (until, language) =>
      `${origin}/m/i/countdown/${signer.sign([kind, Math.floor(until / 1_000).toString(36), language].join('.'))}.png`,
    read(token) {
      const [found, seconds, language] = signer.open(token)?.split('.') ?? [];
      if (found !== kind || seconds === undefined || language === undefined) return null;
      const until = Number.parseInt(seconds, 36) * 1_000;
      return Number.isSafeInteger(until) ? { until: new Date(until), language } : null;
    },
  };
}
