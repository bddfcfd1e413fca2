import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ApiError } from '../api/problem.ts';
import { meQuery } from '../api/session.ts';
import { root } from './accessRoutes.ts';
import { chosenWorkspace } from './workspaceChoice.ts';

/** Whoever is below it is signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./shell/Shell.tsx'), 'Shell'),
  beforeLoad: async ({ context, location }) => {
    try {
      // Both are on their way at once.
      const words = context.i18n.prepare(location.pathname);
      const me = await context.queryClient.ensureQueryData(meQuery(context.api));
      await words;
      const known = me.workspaces.find((one) => one.id === chosenWorkspace.get());
      if (known === undefined) chosenWorkspace.set(me.workspaceId ?? me.workspaces[0]?.id ?? null);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    }
  },
});
