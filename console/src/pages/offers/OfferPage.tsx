import { Anchor, Button, Group, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Offer, OfferRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { offerQuery, saveOffer } from '../../api/offers.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { CodeFields, GeneralFields, TextFields, WhoFields } from './OfferFields.tsx';
import styles from './Offers.module.css';

const route = getRouteApi('/shell/messages/offers/$id');

const empty: OfferRequest = {
  key: '',
  name: '',
  state: 'draft',
  startsAt: null,
  endsAt: null,
  texts: {},
  creative: {},
  segments: [],
  limits: { total: null, perPerson: 1, codeDays: null },
  code: { kind: 'none' },
};

/** One offer: what it says, to whom and until when, its codes, and what came of it. */
export function OfferPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const isNew = id === 'new';
  const query = useQuery({ ...offerQuery(useApi(), id), enabled: !isNew });
  const back = (
    <Anchor component={Link} to="/messages/offers" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('place.offers')}
    </Anchor>
  );
  const offer = query.data;
  if (!isNew && query.isPending)
    return (
      <Stack aria-busy="true">
        {back}
        <Skeleton height={60} />
        <Skeleton height={320} />
      </Stack>
    );
  if (!isNew && offer === undefined)
    return (
      <Stack>
        {back}
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </Stack>
    );
  return (
    <>
      <PageHeader above={back} title={offer?.name ?? t('offers.new')} purpose={t('offers.one')} />
      <Stack gap="lg">
        {offer === undefined ? null : <Results offer={offer} />}
        <OfferForm key={offer?.updatedAt ?? 'new'} offer={offer ?? null} />
      </Stack>
    </>
  );
}

function Results({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <StatRow>
      {offer.code.kind === 'unique' ? (
        <StatTile
          label={t('offers.claimed')}
          definition={t('offers.claimedDefinition')}
          value={format.number(offer.claimed)}
        />
      ) : null}
      <StatTile
        label={t('offers.redeemed')}
        definition={t('offers.redeemedDefinition')}
        value={format.number(offer.redeemed)}
      />
      <StatTile
        label={t('offers.revenue')}
        definition={t('offers.revenueDefinition')}
        value={format.money(offer.revenue)}
      />
      <StatTile
        label={t('offers.discount')}
        definition={t('offers.discountDefinition')}
        value={format.money(offer.discount)}
      />
      <StatTile
        label={t('offers.problems')}
        definition={t('offers.problemsDefinition')}
        value={format.number(offer.problems)}
      />
    </StatRow>
  );
}

function OfferForm({ offer }: { offer: Offer | null }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [values, setValues] = useState<OfferRequest>(offer ?? empty);
  const change = (part: Partial<OfferRequest>): void => setValues({ ...values, ...part });
  const save = useMutation({
    mutationFn: () => {
      const { key, name, state, startsAt, endsAt, texts, creative, segments, limits, code } = values;
      const body = { key, name, state, startsAt, endsAt, texts, creative, segments, limits, code };
      return saveOffer(api, offer?.id ?? null, body);
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['offers'] });
      notifications.show({ message: t('offers.saved') });
      if (offer === null) await navigate({ to: '/messages/offers/$id', params: { id: String(id) } });
    },
  });
  const ready =
    values.name.trim() !== '' && /^[a-z][a-z0-9_]{0,39}$/.test(values.key) && Object.keys(values.texts).length > 0;
  const disabled = !can('messages.write');
  const fields = { values, onChange: change, disabled };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <Stack gap="lg">
        <GeneralFields {...fields} isNew={offer === null} />
        <TextFields {...fields} />
        <WhoFields {...fields} />
        <CodeFields {...fields} />
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        {disabled ? null : (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!ready}>
              {t('action.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
