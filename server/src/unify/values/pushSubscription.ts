import { z } from 'zod';

const base64url = /^[\w-]+=*$/;
/** RFC 8291: a point of P-256 (65 bytes) and a secret of 16. */
const subscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }),
  keys: z.object({
    p256dh: z.string().min(86).max(90).regex(base64url),
    auth: z.string().min(22).max(24).regex(base64url),
  }),
});

/** A browser's push subscription in the one form in which it is compared and kept; null for what is none. */
export function normalisePushSubscription(raw: string): string | null {
  let given: unknown;
  try {
    given = JSON.parse(raw);
  } catch {
    return null;
  }
  const read = subscriptionSchema.safeParse(given);
  if (!read.success || /\s/.test(read.data.endpoint)) return null;
  const { endpoint, keys } = read.data;
  return JSON.stringify({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
}
