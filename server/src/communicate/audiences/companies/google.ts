import type { z } from 'zod';
import type { Clock } from '../../../platform/index.ts';
import type { HttpClient } from '../../channels/http/callHttp.ts';
import { createGoogleToken, refusesAccount, type serviceAccountSchema } from '../../channels/http/googleToken.ts';
import { type AdDestination, readEnd } from '../destination.ts';

interface GoogleSettings {
  readonly customerId: string;
  /** Of the manager account by which the service account comes in; '' when it belongs to the account itself. */
  readonly loginCustomerId: string;
  readonly audienceId: string;
  readonly serviceAccount: z.output<typeof serviceAccountSchema>;
}

const account = (id: string) => ({ accountType: 'GOOGLE_ADS', accountId: id.replaceAll('-', '') });

/**
 * Members of a Customer Match list of Google Ads by the Data Manager API: `audienceMembers:ingest` and
 * `audienceMembers:remove` (developers.google.com/data-manager/api/reference/rest/v1/audienceMembers). Nobody is handed over
 * without their consent to advertising, and so it is said with every request.
 */
export function createGoogle(
  settings: GoogleSettings,
  { clock, http }: { clock: Clock; http: HttpClient },
): AdDestination {
  const token = createGoogleToken(settings.serviceAccount, 'https://www.googleapis.com/auth/datamanager', {
    clock,
    http,
  });
  const { customerId, loginCustomerId, audienceId } = settings;
  const destinations = [
    {
      operatingAccount: account(customerId),
      ...(loginCustomerId === '' ? {} : { loginAccount: account(loginCustomerId) }),
      productDestinationId: audienceId,
    },
  ];
  return {
    async hand({ change, kind, hashes }) {
      const signedIn = await token.read();
      if ('failed' in signedIn) {
        const end = readEnd(signedIn.failed);
        return refusesAccount(signedIn.failed) && end.kind === 'failed' ? { ...end, error: 'credentials' } : end;
      }
      const field = kind === 'email' ? 'emailAddress' : 'phoneNumber';
      const members = hashes.map((hash) => ({ userData: { userIdentifiers: [{ [field]: hash }] } }));
      const end = await http.call({
        method: 'POST',
        url: `https://datamanager.googleapis.com/v1/audienceMembers:${change === 'add' ? 'ingest' : 'remove'}`,
        headers: { authorization: `Bearer ${signedIn.bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          destinations,
          audienceMembers: members,
          encoding: 'HEX',
          ...(change === 'add'
            ? {
                consent: { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_GRANTED' },
                termsOfService: { customerMatchTermsOfServiceStatus: 'ACCEPTED' },
              }
            : {}),
        }),
      });
      if (end.kind === 'answer' && end.status === 401) token.forget();
      return readEnd(end);
    },
    close: () => http.close(),
  };
}
