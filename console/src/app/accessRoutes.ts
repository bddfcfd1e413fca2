import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import type { Api } from '../api/client.ts';
import { setupStatus } from '../api/session.ts';
import type { I18nStore } from '../i18n/i18n.ts';
import { NotFoundPage } from './failures.tsx';

export interface RouterContext {
  readonly api: Api;
  readonly queryClient: QueryClient;
  readonly i18n: Pick<I18nStore, 'prepare'>;
}

/** An optional text in the address; anything else there is passed over. */
export const text = z.string().optional().catch(undefined);
/** A number typed into the address is a text like any other. */
export const typed = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

export const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFoundPage });

const access = () => import('../pages/access/index.ts');
export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: text }),
  beforeLoad: async ({ context }) => {
    if ((await setupStatus(context.api)).needed) throw redirect({ to: '/setup' });
  },
  component: lazyRouteComponent(access, 'SignInPage'),
});
export const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    if (!(await setupStatus(context.api)).needed) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(access, 'SetupPage'),
});
export const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(access, 'InvitationPage'),
});
