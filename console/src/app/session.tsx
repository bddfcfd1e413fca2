import type { Me, Permission } from '@vitrail/contracts';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { localeOf, restoreLanguage } from '../i18n/i18n.ts';
import { useI18nStore, useTranslation } from '../i18n/useTranslation.tsx';
import { FormatProvider } from '../ui/format/FormatProvider.tsx';

type Workspace = Me['workspaces'][number];

export interface Session {
  readonly user: Me['user'];
  readonly workspace: Workspace;
  readonly workspaces: readonly Workspace[];
  readonly role: NonNullable<Me['role']>;
  can(permission: Permission): boolean;
}

const SessionContext = createContext<Session | null>(null);

/** Who is signed in, where, and how numbers and dates read there. */
export function SessionProvider({ me, workspace, children }: { me: Me; workspace: Workspace; children: ReactNode }) {
  const { language } = useTranslation();
  const store = useI18nStore();
  const userId = me.user.id;
  const chosen = me.language;
  useEffect(() => void restoreLanguage(store, userId, chosen), [store, userId, chosen]);
  const session = useMemo<Session>(() => {
    const permissions = new Set(workspace.permissions);
    return {
      user: me.user,
      workspace,
      workspaces: me.workspaces,
      role: workspace.role,
      can: (permission) => permissions.has(permission),
    };
  }, [me, workspace]);
  return (
    <SessionContext value={session}>
      <FormatProvider
        locale={localeOf(language, navigator.languages)}
        timeZone={workspace.timeZone}
        currency={workspace.baseCurrency}
      >
        {children}
      </FormatProvider>
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession is used outside the signed-in part.');
  return session;
}
