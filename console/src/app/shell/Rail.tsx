import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { groupsFor, placeOf } from '../navigation.ts';
import { useSession } from '../session.tsx';
import styles from './Rail.module.css';
import { UserMenu } from './UserMenu.tsx';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';

interface RailProps {
  readonly collapsed: boolean;
  readonly onCollapse?: (collapsed: boolean) => void;
  readonly onSearch: () => void;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The left rail: workspace, search, places, person. Collapsed it keeps one icon per group. */
export function Rail({ collapsed, onCollapse, onSearch }: RailProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const current = placeOf(path);
  const isIn = (to: string) => to === current;
  const nav = useRef<HTMLElement>(null);
  // There are more places than a small screen is high: the reader sees where they are.
  useEffect(() => {
    if (current !== null) nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div className={styles.rail} data-collapsed={collapsed}>
      <WorkspaceMenu collapsed={collapsed} />
      <UnstyledButton
        className={styles.search}
        onClick={onSearch}
        aria-label={collapsed ? t('shell.searchLabel') : undefined}
      >
        <IconSearch size={16} aria-hidden="true" />
        {collapsed ? null : (
          <>
            <span className={styles.grow}>{t('shell.search')}</span>
            <Kbd size="xs">{isMac ? '⌘K' : 'Ctrl K'}</Kbd>
          </>
        )}
      </UnstyledButton>
      <nav ref={nav} className={styles.nav} aria-label={t('shell.navigation')}>
        {groupsFor(can).map(({ key, icon: Icon, places }) => {
          const [first] = places;
          if (first === undefined) return null;
          const inGroup = places.some((place) => isIn(place.to));
          const single = places.length === 1 && (key === 'home' || key === 'products');
          const head = (
            <Link
              to={first.to}
              className={styles.head}
              data-active={collapsed || single ? inGroup : undefined}
              aria-current={single && inGroup ? 'page' : undefined}
              aria-label={collapsed ? t(`group.${key}`) : undefined}
            >
              <Icon size={18} stroke={1.7} aria-hidden="true" />
              {collapsed ? null : t(`group.${key}`)}
            </Link>
          );
          return (
            <div key={key} className={styles.group}>
              {collapsed ? (
                <Tooltip label={t(`group.${key}`)} position="right">
                  {head}
                </Tooltip>
              ) : (
                head
              )}
              {collapsed || single ? null : (
                <ul className={styles.places}>
                  {places.map((place) => (
                    <li key={place.key}>
                      <Link
                        to={place.to}
                        className={styles.place}
                        data-active={isIn(place.to)}
                        aria-current={isIn(place.to) ? 'page' : undefined}
                      >
                        {t(`place.${place.key}`)}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </nav>
      <div className={styles.foot}>
        <UserMenu collapsed={collapsed} />
        {onCollapse === undefined ? null : (
          <Tooltip label={t(collapsed ? 'shell.expand' : 'shell.collapse')} position="right">
            <ActionIcon
              onClick={() => onCollapse(!collapsed)}
              aria-label={t(collapsed ? 'shell.expand' : 'shell.collapse')}
              aria-expanded={!collapsed}
            >
              {collapsed ? (
                <IconLayoutSidebarLeftExpand size={18} aria-hidden="true" />
              ) : (
                <IconLayoutSidebarLeftCollapse size={18} aria-hidden="true" />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
}
