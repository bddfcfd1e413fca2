import { Alert, Button, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Campaign } from '@vitrail/contracts';
import { useState } from 'react';
import { audienceQuery, type CampaignMove, campaignQuery, moveCampaign, removeCampaign } from '../../api/campaigns.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DetailPage, DetailTabs } from '../../ui/DetailPage.tsx';
import { Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { MessageTable } from '../messages/MessageTable.tsx';
import { CampaignState } from './CampaignState.tsx';
import { Results } from './Results.tsx';
import { Waterfall } from './Waterfall.tsx';

const route = getRouteApi('/shell/messages/campaigns/$id');
const tabs = ['overview', 'results', 'messages'] as const;

/** One campaign: who gets it, how far it is, what it brought, every message of it. */
export function CampaignPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(campaignQuery(useApi(), id));
  return (
    <DetailPage
      query={query}
      back={{ to: '/messages/campaigns', label: t('campaigns.title') }}
      title={({ name }) => name}
      state={({ state }) => <CampaignState state={state} />}
      purpose={({ definition, segmentName }) => (
        <Link to="/segments/$id" params={{ id: definition.segment }}>
          {segmentName ?? definition.segment}
        </Link>
      )}
      actions={(campaign) => <Actions campaign={campaign} />}
    >
      {(campaign) => (
        <DetailTabs
          tabs={tabs}
          value={tab}
          label={(each) => t(`campaigns.tab.${each}`)}
          onChange={(chosen) =>
            void navigate({ to: '/messages/campaigns/$id', params: { id }, search: { tab: chosen }, replace: true })
          }
        >
          <Tabs.Panel value="overview">
            <Overview campaign={campaign} />
          </Tabs.Panel>
          <Tabs.Panel value="results">
            <Results campaign={campaign} />
          </Tabs.Panel>
          <Tabs.Panel value="messages">
            <MessageTable asked={{ campaign: id }} empty={t('campaigns.noMessages')} />
          </Tabs.Panel>
        </DetailTabs>
      )}
    </DetailPage>
  );
}

function Overview({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sent, delivered, clicked, bounced, unsubscribed, failed, uncertain, skipped, queued } = campaign;
  const rateOf = (part: number) => (sent === 0 ? undefined : format.percent(part / sent));
  const total = sent + queued + failed + uncertain + skipped;
  return (
    <Stack gap="lg">
      {campaign.reason === null ? null : (
        <Alert color="red" variant="light" title={t('campaigns.state.failed')}>
          {campaign.reason}
        </Alert>
      )}
      {campaign.state === 'sending' || campaign.state === 'freezing' || campaign.state === 'paused' ? (
        <Card title={t(`campaigns.state.${campaign.state}`)}>
          <ProgressLine
            label={t('campaigns.progress', { sent, total })}
            share={total === 0 ? null : (total - queued) / total}
          />
        </Card>
      ) : null}
      {total === 0 ? null : (
        <StatRow>
          <StatTile label={t('campaigns.sent')} definition={t('campaigns.sentMeans')} value={<Num value={sent} />} />
          <StatTile
            label={t('campaigns.delivered')}
            definition={t('campaigns.deliveredMeans')}
            value={<Num value={delivered} />}
            note={rateOf(delivered)}
          />
          <StatTile
            label={t('campaigns.clicked')}
            definition={t('campaigns.clickedMeans')}
            value={<Num value={clicked} />}
            note={rateOf(clicked)}
          />
          <StatTile
            label={t('campaigns.unsubscribed')}
            definition={t('campaigns.unsubscribedMeans')}
            value={<Num value={unsubscribed} />}
            note={rateOf(unsubscribed)}
          />
          <StatTile
            label={t('campaigns.notArrived')}
            definition={t('campaigns.notArrivedMeans')}
            value={<Num value={bounced + failed + uncertain + skipped} />}
            note={t('campaigns.notArrivedNote', { bounced, failed, uncertain, skipped })}
          />
        </StatRow>
      )}
      <AudienceCard campaign={campaign} />
    </Stack>
  );
}

/** What was frozen; of a draft, what would be. */
function AudienceCard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const api = useApi();
  const foreseen = useQuery({ ...audienceQuery(api, campaign), enabled: campaign.audience === null });
  const audience = campaign.audience ?? foreseen.data;
  return (
    <Card title={t('campaigns.who')} note={t(campaign.audience === null ? 'campaigns.foreseen' : 'campaigns.frozen')}>
      {foreseen.error === null ? null : <ProblemAlert error={foreseen.error} />}
      {audience === undefined ? (
        <Stack aria-busy="true" gap="xs">
          <Text size="sm" role="status">
            {t('campaigns.counting')}
          </Text>
          <Skeleton height={180} />
        </Stack>
      ) : (
        <Waterfall audience={audience} />
      )}
    </Card>
  );
}

const movesOf: Readonly<Partial<Record<Campaign['state'], readonly CampaignMove[]>>> = {
  draft: ['start'],
  scheduled: ['cancel', 'pause'],
  freezing: ['cancel', 'pause'],
  sending: ['cancel', 'pause'],
  paused: ['cancel', 'resume'],
};

function Actions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<CampaignMove | 'remove' | null>(null);
  const { id, state } = campaign;
  const foreseen = useQuery({ ...audienceQuery(api, campaign), enabled: state === 'draft' && asking === 'start' });
  const move = useMutation({
    mutationFn: (wanted: CampaignMove) => moveCampaign(api, id, wanted),
    onSuccess: async (_, wanted) => {
      notifications.show({ message: t(`campaigns.moved.${wanted}`) });
      await client.invalidateQueries({ queryKey: ['campaigns'] });
    },
  });
  const moves = can('messages.send') ? (movesOf[state] ?? []) : [];
  return (
    <>
      {state === 'draft' && can('messages.write') ? (
        <>
          <Button variant="default" onClick={() => setAsking('remove')}>
            {t('campaigns.remove')}
          </Button>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/messages/campaigns/$id/edit" params={{ id }} {...props} />}
          >
            {t('campaigns.edit')}
          </Button>
        </>
      ) : null}
      {moves.map((each) => (
        <Button
          key={each}
          variant={each === 'start' || each === 'resume' ? 'filled' : 'default'}
          onClick={() => setAsking(each)}
        >
          {t(`campaigns.move.${each}`)}
        </Button>
      ))}
      {(['start', 'pause', 'resume', 'cancel'] as const).map((each) => (
        <ConfirmDialog
          key={each}
          opened={asking === each}
          title={t(`campaigns.ask.${each}`, { name: campaign.name })}
          confirmLabel={t(`campaigns.move.${each}`)}
          danger={each === 'cancel'}
          onClose={() => setAsking(null)}
          onConfirm={() => move.mutateAsync(each)}
        >
          <Text>
            {each === 'start' && foreseen.data !== undefined
              ? t('campaigns.startMeans', { people: foreseen.data.willSend })
              : t(`campaigns.means.${each}`)}
          </Text>
        </ConfirmDialog>
      ))}
      <ConfirmDialog
        opened={asking === 'remove'}
        title={t('campaigns.ask.remove', { name: campaign.name })}
        confirmLabel={t('campaigns.remove')}
        danger
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          await removeCampaign(api, id);
          await navigate({ to: '/messages/campaigns' });
          await client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
        }}
      >
        <Text>{t('campaigns.means.remove')}</Text>
      </ConfirmDialog>
    </>
  );
}
