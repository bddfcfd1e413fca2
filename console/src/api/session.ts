import { queryOptions } from '@tanstack/react-query';
import { meSchema, setupResponseSchema, setupStatusSchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

export const meQuery = (api: Api) =>
  queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.get('/api/v1/me', meSchema, { signal }),
    staleTime: 60_000,
  });

export const setupStatus = (api: Api) => api.get('/api/v1/setup', setupStatusSchema);

export interface SetupRequest {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly workspace: {
    readonly name: string;
    readonly baseCurrency: string;
    readonly country: string;
    readonly timeZone: string;
    readonly language: string;
  };
}
export const setUp = (api: Api, body: SetupRequest) => api.send('POST', '/api/v1/setup', setupResponseSchema, { body });

// better-auth's own routes: only what the console reads is checked.
const signedInSchema = z.looseObject({ twoFactorRedirect: z.boolean().optional() });
const anything = z.unknown();

/** True when a code of the second factor is still to come. */
export async function signIn(api: Api, email: string, password: string, rememberMe: boolean): Promise<boolean> {
  const body = { email, password, rememberMe };
  const answer = await api.send('POST', '/api/auth/sign-in/email', signedInSchema, { body });
  return answer.twoFactorRedirect === true;
}

export type SecondFactor = 'totp' | 'backup';

export const verifyCode = (api: Api, factor: SecondFactor, code: string, trustDevice: boolean) =>
  api.send(
    'POST',
    factor === 'totp' ? '/api/auth/two-factor/verify-totp' : '/api/auth/two-factor/verify-backup-code',
    anything,
    {
      body: { code, trustDevice },
    },
  );

export const signOut = (api: Api) => api.send('POST', '/api/auth/sign-out', anything, { body: {} });

export const choosePassword = (api: Api, token: string, newPassword: string) =>
  api.send('POST', '/api/auth/reset-password', anything, { body: { token, newPassword } });

export const changePassword = (api: Api, currentPassword: string, newPassword: string) =>
  api.send('POST', '/api/auth/change-password', anything, {
    body: { currentPassword, newPassword, revokeOtherSessions: true },
  });

const enrolmentSchema = z.looseObject({ totpURI: z.string(), backupCodes: z.array(z.string()) });
export const startTwoFactor = (api: Api, password: string) =>
  api.send('POST', '/api/auth/two-factor/enable', enrolmentSchema, { body: { password } });

export const stopTwoFactor = (api: Api, password: string) =>
  api.send('POST', '/api/auth/two-factor/disable', anything, { body: { password } });
