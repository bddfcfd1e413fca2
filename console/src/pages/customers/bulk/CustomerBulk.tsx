import { Button, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconListDetails } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { PeopleSelection } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { type CustomerList, searchOf } from '../../../api/customers.ts';
import { downloadPeople, selectionQuery } from '../../../api/people.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { saveFile } from '../../../ui/csv.ts';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { BulkBar } from '../../../ui/table/BulkBar.tsx';
import { readWhere } from '../filters/where.ts';
import { EraseManyDialog } from './EraseManyDialog.tsx';
import { ListDialog } from './ListDialog.tsx';
import { NoEmailDialog } from './NoEmailDialog.tsx';

interface CustomerBulkProps {
  readonly chosen: ReadonlySet<string>;
  /** What the list shows. */
  readonly list: Pick<CustomerList, 'q' | 'visitors' | 'where'>;
  /** There are more of them than on the page. */
  readonly hasMore: boolean;
  readonly onClear: () => void;
}

type Deed = 'add' | 'remove' | 'noEmail' | 'erase';

/** What can be done with chosen customers, or with all that the list shows. */
export default function CustomerBulk({ chosen, list, hasMore, onClear }: CustomerBulkProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const { settings } = useFormat();
  // Of this very choice: whoever ticks or unticks a row afterwards means the rows again.
  const [widened, setWidened] = useState<ReadonlySet<string> | null>(null);
  const everyone = widened === chosen;
  const [deed, setDeed] = useState<Deed | null>(null);
  const people: PeopleSelection = everyone ? { matching: matchingOf(list) } : { ids: [...chosen] };
  const counted = useQuery({ ...selectionQuery(api, people), enabled: 'matching' in people });
  const count = 'ids' in people ? chosen.size : (counted.data?.people ?? 0);
  const ready = 'ids' in people || counted.data !== undefined;
  const download = useMutation({
    mutationFn: () => downloadPeople(api, people, settings.locale.startsWith('fr') ? 'fr' : 'en'),
    onSuccess: (file) => {
      saveFile('customers.csv', file);
      notifications.show({ message: t('people.downloaded', { count }) });
    },
  });
  const close = () => setDeed(null);
  const done = () => {
    close();
    onClear();
  };
  const error = counted.error ?? download.error;
  return (
    <>
      <BulkBar says={t('people.chosen', { count })} onClear={onClear}>
        {hasMore && !everyone ? (
          <Button variant="subtle" size="compact-sm" onClick={() => setWidened(chosen)}>
            {t('people.all')}
          </Button>
        ) : null}
        {can('segments.write') ? (
          <Button
            variant="default"
            size="compact-sm"
            disabled={!ready}
            leftSection={<IconListDetails size={14} aria-hidden="true" />}
            onClick={() => setDeed('add')}
          >
            {t('people.addTo')}
          </Button>
        ) : null}
        {can('export.read') ? (
          <Button
            variant="default"
            size="compact-sm"
            disabled={!ready}
            loading={download.isPending}
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={() => download.mutate()}
          >
            {t('people.csv')}
          </Button>
        ) : null}
        <More deeds={deedsFor(can, 'ids' in people)} disabled={!ready} onChoose={setDeed} />
      </BulkBar>
      {error === null ? null : <ProblemAlert error={error} />}
      {deed === 'add' || deed === 'remove' ? (
        <ListDialog deed={deed} people={people} count={count} onClose={close} onDone={done} />
      ) : null}
      {deed === 'noEmail' ? <NoEmailDialog profiles={[...chosen]} onClose={close} onDone={done} /> : null}
      {deed === 'erase' ? <EraseManyDialog people={people} count={count} onClose={close} onDone={done} /> : null}
    </>
  );
}

/** All that the list shows. A definition that cannot be read lists nobody. */
function matchingOf({ q, visitors, where }: CustomerBulkProps['list']) {
  const definition = where === '' ? null : readWhere(where);
  return { ...searchOf(q), known: !visitors, ...(definition !== null && { where: definition }) };
}

/** Consent is recorded person by person: only for those chosen one by one. */
function deedsFor(can: ReturnType<typeof useSession>['can'], isChosen: boolean): readonly Exclude<Deed, 'add'>[] {
  return [
    ...(can('segments.write') ? (['remove'] as const) : []),
    ...(can('consent.write') && isChosen ? (['noEmail'] as const) : []),
    ...(can('profiles.erase') ? (['erase'] as const) : []),
  ];
}

const wordOf = { remove: 'people.removeFrom', noEmail: 'people.noEmail', erase: 'people.erase' } as const;

interface MoreProps {
  readonly deeds: readonly Exclude<Deed, 'add'>[];
  readonly disabled: boolean;
  readonly onChoose: (deed: Deed) => void;
}

function More({ deeds, disabled, onChoose }: MoreProps) {
  const { t } = useTranslation();
  if (deeds.length === 0) return null;
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          disabled={disabled}
          leftSection={<IconDots size={14} aria-hidden="true" />}
        >
          {t('people.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {deeds.map((deed) => (
          <Menu.Item key={deed} {...(deed === 'erase' && { color: 'red' })} onClick={() => onChoose(deed)}>
            {t(wordOf[deed])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
