import { useHotkeys, useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { meQuery } from '../../api/session.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { NoPermission } from '../failures.tsx';
import { permissionFor } from '../navigation.ts';
import { SessionProvider, useSession } from '../session.tsx';
import { chosenWorkspace } from '../workspaceChoice.ts';
import { PagePending } from './PagePending.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { TopBar } from './TopBar.tsx';

// Loaded when first opened.
const CommandPalette = lazy(() => import('./CommandPalette.tsx'));
const RailDrawer = lazy(() => import('./RailDrawer.tsx'));
type Shown = 'never' | 'closed' | 'open';

/** Rail, page, palette: the frame around every signed-in page. */
export function Shell() {
  const { t } = useTranslation();
  const me = useQuery(meQuery(useApi()));
  if (me.isPending) return <PagePending />;
  if (me.data === undefined) return <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />;
  const workspace = me.data.workspaces.find((one) => one.id === chosenWorkspace.get()) ?? me.data.workspaces[0];
  if (workspace === undefined)
    return <EmptyState title={t('failure.noWorkspace')}>{t('failure.noWorkspaceAdvice')}</EmptyState>;
  return (
    <SessionProvider me={me.data} workspace={workspace} key={workspace.id}>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const { t } = useTranslation();
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'vitrail.rail',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [drawer, setDrawer] = useState<Shown>('never');
  const [palette, setPalette] = useState<Shown>('never');
  const openPalette = () => setPalette('open');
  useHotkeys([['mod+K', openPalette]], []);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const shownPath = useRef(path);
  const { can } = useSession();
  const needed = permissionFor(useRouterState({ select: (state) => state.location.pathname }));
  // After a page change the reading position of a screen reader moves to the new page, as a full load would do.
  useEffect(() => {
    setDrawer((before) => (before === 'open' ? 'closed' : before));
    if (shownPath.current !== undefined && shownPath.current !== path) main.current?.focus({ preventScroll: true });
    shownPath.current = path;
  }, [path]);
  return (
    <div className={styles.frame} data-collapsed={collapsed}>
      <a href="#content" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <aside className={styles.rail}>
        <div className={styles.fixed}>
          <Rail collapsed={collapsed} onCollapse={setCollapsed} onSearch={openPalette} />
        </div>
      </aside>
      <TopBar onMenu={() => setDrawer('open')} onSearch={openPalette} />
      {drawer === 'never' ? null : (
        <Suspense>
          <RailDrawer opened={drawer === 'open'} onClose={() => setDrawer('closed')} onSearch={openPalette} />
        </Suspense>
      )}
      <main id="content" ref={main} tabIndex={-1} className={styles.main}>
        <div className={styles.content}>{needed === null || can(needed) ? <Outlet /> : <NoPermission />}</div>
      </main>
      {palette === 'never' ? null : (
        <Suspense>
          <CommandPalette opened={palette === 'open'} onClose={() => setPalette('closed')} />
        </Suspense>
      )}
    </div>
  );
}
