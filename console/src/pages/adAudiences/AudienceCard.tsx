import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { type AdAudience, adKinds } from '@vitrail/contracts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { nothing, Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

type State = 'running' | 'waiting' | 'paused' | 'ending' | 'failing';
const tones: Readonly<Record<State, Tone>> = {
  running: 'good',
  waiting: 'busy',
  paused: 'quiet',
  ending: 'busy',
  failing: 'bad',
};

/** What a person wants to know of it first. */
function stateOf({ state, error, lookedAt, addresses }: AdAudience): State {
  if (error !== null && error !== 'rate_limited') return 'failing';
  if (state !== 'running') return state;
  return lookedAt === null || addresses.toAdd + addresses.toRemove > 0 ? 'waiting' : 'running';
}

interface AudienceCardProps {
  readonly audience: AdAudience;
  readonly onSync: () => void;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

/** One audience: whose it is, who is in it, what is in the way. */
export function AudienceCard({ audience, onSync, onChange, onRemove }: AudienceCardProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { name, kind, segment, handedAt } = audience;
  const state = stateOf(audience);
  return (
    <Card
      title={name}
      note={`${adKinds[kind].title} · ${segment.name ?? t('ads.segmentGone')}`}
      actions={<StatusBadge tone={tones[state]}>{t(`ads.state.${state}`)}</StatusBadge>}
    >
      <Stack gap="md">
        <Trouble audience={audience} />
        <Figures audience={audience} />
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {handedAt === null ? (
              t('ads.never')
            ) : (
              <>
                {t('ads.handed')} <Relative at={handedAt} />
              </>
            )}
          </Text>
          <Group gap="xs">
            {can('segments.write') && audience.state !== 'ending' ? (
              <Button size="compact-sm" variant="default" aria-label={t('ads.syncNamed', { name })} onClick={onSync}>
                {t('ads.sync')}
              </Button>
            ) : null}
            {can('settings.write') && audience.state !== 'ending' ? (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('ads.changeNamed', { name })}
                onClick={onChange}
              >
                {t('ads.change')}
              </Button>
            ) : null}
            {can('settings.write') ? (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('ads.removeNamed', { name })}
                onClick={onRemove}
              >
                {t('ads.remove')}
              </Button>
            ) : null}
          </Group>
        </Group>
      </Stack>
    </Card>
  );
}

function Trouble({ audience }: { audience: AdAudience }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { error, errorDetail, retryAt } = audience;
  if (error === null) return null;
  return (
    <Stack gap={4} role="status">
      <Text size="sm">
        {t(`ads.error.${error}`)}
        {retryAt === null ? null : ` ${t('ads.retry', { when: format.dateTime(retryAt) })}`}
      </Text>
      {errorDetail === '' ? null : (
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {errorDetail}
        </Code>
      )}
    </Stack>
  );
}

function Figures({ audience }: { audience: AdAudience }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { counts, addresses } = audience;
  const { emails, phones, toAdd, toRemove } = addresses;
  return (
    <>
      <StatRow>
        <StatTile
          label={t('ads.matched')}
          definition={t('ads.matchedDefinition')}
          value={counts === null ? nothing : format.number(counts.matched)}
        />
        <StatTile
          label={t('ads.allowed')}
          definition={t('ads.allowedDefinition')}
          value={counts === null ? nothing : format.number(counts.allowed)}
        />
        <StatTile
          label={t('ads.taken')}
          definition={t('ads.takenDefinition')}
          value={format.number(emails + phones)}
          note={t('ads.takenNote', { emails: format.number(emails), phones: format.number(phones) })}
        />
        <StatTile
          label={t('ads.open')}
          definition={t('ads.openDefinition')}
          value={format.number(toAdd + toRemove)}
          note={t('ads.openNote', { add: format.number(toAdd), remove: format.number(toRemove) })}
        />
      </StatRow>
      {counts === null || counts.allowed === counts.matched ? null : (
        <Text size="sm" c="dimmed">
          {t('ads.why', {
            noConsent: format.number(counts.no_consent),
            noAddress: format.number(counts.no_address),
            suppressed: format.number(counts.suppressed),
            holdout: format.number(counts.holdout),
          })}
        </Text>
      )}
    </>
  );
}
