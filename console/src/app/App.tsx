import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createApi } from '../api/client.ts';
import { ApiProvider } from '../api/context.tsx';
import { isLasting } from '../api/problem.ts';
import type { I18nStore } from '../i18n/i18n.ts';
import { I18nProvider } from '../i18n/useTranslation.tsx';
import { Notices } from '../ui/Notices.tsx';
import { theme, variablesResolver } from '../ui/theme/theme.ts';
import { createAppRouter } from './router.tsx';
import { styleNonce } from './styleNonce.ts';
import { chosenWorkspace } from './workspaceChoice.ts';

const schemeManager = localStorageColorSchemeManager({ key: 'vitrail.scheme' });

/** Everything the pages rest on, built once. */
function createParts(i18n: I18nStore) {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => !isLasting(error) && count < 2,
        refetchOnWindowFocus: true,
      },
    },
  });
  const api = createApi({
    fetch: (input, init) => fetch(input, init),
    now: () => new Date(),
    workspace: chosenWorkspace.get,
    onSignedOut: () => {
      const { pathname, href } = router.state.location;
      if (/^\/(sign-in|setup|invitation)/.test(pathname)) return;
      queryClient.clear();
      void router.navigate({ to: '/sign-in', search: { next: href } });
    },
  });
  const router = createAppRouter({ api, queryClient, i18n });
  return { queryClient, api, router };
}

export function App({ i18n }: { i18n: I18nStore }) {
  const [{ queryClient, api, router }] = useState(() => createParts(i18n));
  return (
    <I18nProvider store={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variablesResolver}
        colorSchemeManager={schemeManager}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={queryClient}>
          <ApiProvider api={api}>
            <Notices />
            <RouterProvider router={router} />
          </ApiProvider>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}
