import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconFileImport, IconPlugConnected, IconSearch, IconSunMoon, IconUsersGroup } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { placesFor } from '../navigation.ts';
import { useSession } from '../session.tsx';
import { PeopleMatches } from './PeopleMatches.tsx';
import { ProductMatches } from './ProductMatches.tsx';
import { SegmentMatches } from './SegmentMatches.tsx';

const [store, palette] = createSpotlight();

/** Lower case without accents, so that "sante" finds "Santé". */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** One field to go anywhere: pages, people by any identifier, products, things to do. */
export default function CommandPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const [query, setQuery] = useState('');
  const [settled] = useDebouncedValue(query.trim(), 200);
  useEffect(() => {
    if (opened) palette.open();
  }, [opened]);
  const has = (words: string) => plain(words).includes(plain(query.trim()));
  const places = placesFor(can).filter((place) => has(`${t(`group.${place.group}`)} ${t(`place.${place.key}`)}`));
  const actions = [
    {
      label: t('palette.newImport'),
      icon: IconFileImport,
      on: can('data.write'),
      run: () => void navigate({ to: '/data/imports/new' }),
    },
    {
      label: t('palette.newSegment'),
      icon: IconUsersGroup,
      on: can('segments.write'),
      run: () => void navigate({ to: '/segments/new' }),
    },
    {
      label: t('palette.newSource'),
      icon: IconPlugConnected,
      on: can('keys.write'),
      run: () => void navigate({ to: '/data/sources' }),
    },
    { label: t('palette.switchTheme'), icon: IconSunMoon, on: true, run: toggleColorScheme },
  ].filter((action) => action.on && has(action.label));
  const searches = settled.length >= 2;
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      centered={false}
      yOffset="12vh"
      maxHeight={460}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {searches && can('profiles.read') ? <PeopleMatches query={settled} /> : null}
        {searches && can('segments.read') ? <SegmentMatches query={settled} /> : null}
        {searches && can('catalog.read') ? <ProductMatches query={settled} /> : null}
        {places.length === 0 ? null : (
          <Spotlight.ActionsGroup label={t('palette.pages')}>
            {places.map((place) => (
              <Spotlight.Action
                key={place.key}
                label={t(`place.${place.key}`)}
                description={t(`group.${place.group}`)}
                onClick={() => void navigate({ to: place.to })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length === 0 ? null : (
          <Spotlight.ActionsGroup label={t('palette.actions')}>
            {actions.map(({ label, icon: Icon, run }) => (
              <Spotlight.Action
                key={label}
                label={label}
                leftSection={<Icon size={18} aria-hidden="true" />}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length + actions.length === 0 && !searches ? (
          <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
      <Spotlight.Footer>{t('palette.hint')}</Spotlight.Footer>
    </Spotlight.Root>
  );
}
