import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { channels, messageReasons, messageStates } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { FilterBar } from '../../ui/table/FilterBar.tsx';
import { MessageTable } from './MessageTable.tsx';

const route = getRouteApi('/shell/messages/sent');

/** Every message of every channel, with what became of it. */
export function MessagesPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const asked = {
    state: messageStates.find((each) => each === search.state),
    channel: channels.find((each) => each === search.channel),
    reason: messageReasons.find((each) => each === search.reason),
  };
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t('messages.title')} purpose={t('messages.purpose')} />
      <MessageTable
        asked={asked}
        empty={t('messages.noneAdvice')}
        filters={
          <FilterBar
            filters={[
              {
                id: 'state',
                label: t('messages.stateTitle'),
                options: messageStates
                  .filter((each) => each !== 'claimed')
                  .map((each) => ({ value: each, label: t(`messages.state.${each}`) })),
              },
              {
                id: 'channel',
                label: t('messages.channel'),
                options: channels.map((each) => ({ value: each, label: t(`messages.channelOf.${each}`) })),
              },
              {
                id: 'reason',
                label: t('messages.why'),
                options: messageReasons.map((each) => ({ value: each, label: t(`messages.reason.${each}`) })),
              },
            ]}
            values={asked}
            onChange={(id, next) => void navigate({ to: '/messages/sent', search: { ...asked, [id]: next } })}
          />
        }
      />
    </>
  );
}
