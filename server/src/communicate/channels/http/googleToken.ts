import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../../platform/index.ts';
import type { HttpClient, HttpEnd } from './callHttp.ts';
import { pick, readJson } from './httpProvider.ts';

/** The file Google hands out for a service account. */
export const serviceAccountSchema = z.object({
  client_email: z.string().min(1),
  private_key: z.string().min(1),
});

const tokenUrl = 'https://oauth2.googleapis.com/token';

/** Signs in as a service account: an hour's token, asked for once however many want it. */
export function createGoogleToken(
  account: z.output<typeof serviceAccountSchema>,
  scope: string,
  { clock, http }: { clock: Clock; http: HttpClient },
) {
  let token: { text: string; until: number } | null = null;
  let asking: Promise<HttpEnd | null> | null = null;

  /** RFC 7523: a statement signed by us, exchanged for an hour's token. Null when the token is there. */
  async function ask(now: number): Promise<HttpEnd | null> {
    const seconds = Math.floor(now / 1_000);
    const assertion = await new SignJWT({ scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(account.client_email)
      .setAudience(tokenUrl)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 3_600)
      .sign(await importPKCS8(account.private_key, 'RS256'));
    const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const end = await http.call({ method: 'POST', url: tokenUrl, headers, body: form.toString() });
    if (end.kind !== 'answer' || end.status !== 200) return end;
    token = { text: pick(readJson(end.body), 'access_token'), until: now + 3_300_000 };
    return null;
  }

  return {
    /** What to put behind `Bearer`, or how asking for it ended. Throws for a key that cannot be read. */
    async read(): Promise<{ readonly bearer: string } | { readonly failed: HttpEnd }> {
      const now = clock.now().getTime();
      if (token === null || token.until < now) {
        asking ??= ask(now).finally(() => {
          asking = null;
        });
        const failed = await asking;
        if (failed !== null) return { failed };
      }
      return { bearer: token?.text ?? '' };
    },
    /** It was not accepted any more. */
    forget(): void {
      token = null;
    },
  };
}

/** The sign-in failed by what we are, and not by the network or a limit. */
export const refusesAccount = (end: HttpEnd): boolean =>
  end.kind === 'answer' && end.status >= 400 && end.status < 500 && end.status !== 429;
