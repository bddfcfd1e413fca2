import { Anchor, Button, Checkbox, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Channel, channels } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Campaigns.module.css';
import { ExperimentField } from './ExperimentField.tsx';
import type { FieldsProps } from './fieldsProps.ts';
import { variantNames } from './formValues.ts';
import { smallestDifference } from './sampleSize.ts';

interface MessageFieldsProps extends FieldsProps {
  readonly templates: readonly { readonly id: string; readonly name: string; readonly channel: Channel }[];
}

/** What is sent: one template, or several that are compared; and what is sent to those the first channel does not reach. */
export function MessageFields({ values, onChange, templates }: MessageFieldsProps) {
  const { t } = useTranslation();
  const channelChoices = channels.map((value) => ({ value, label: t(`messages.channelOf.${value}`) }));
  const templatesFor = (channel: Channel) =>
    templates.filter((each) => each.channel === channel).map(({ id, name }) => ({ value: id, label: name }));
  const compared = values.templates.length > 1;
  const readChannel = (text: string | null): Channel => channels.find((each) => each === text) ?? 'email';
  return (
    <Stack gap="md">
      <Select
        label={t('campaigns.channel')}
        allowDeselect={false}
        value={values.channel}
        onChange={(value) => onChange({ channel: readChannel(value), templates: values.templates.map(() => null) })}
        data={channelChoices}
      />
      {values.templates.map((template, index) => (
        <Select
          // A variant is its place: A is the first.
          key={variantNames[index] ?? index}
          label={
            compared
              ? t('campaigns.templateOf', {
                  name: values.experiment?.variations[index] ?? variantNames[index] ?? String(index + 1),
                })
              : t('campaigns.template')
          }
          searchable
          required
          value={template}
          onChange={(chosen) =>
            onChange({ templates: values.templates.map((each, place) => (place === index ? chosen : each)) })
          }
          data={templatesFor(values.channel)}
          nothingFoundMessage={t('campaigns.noTemplate')}
        />
      ))}
      {templatesFor(values.channel).length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('campaigns.noTemplate')}{' '}
          <Anchor component={Link} to="/messages/templates" size="sm">
            {t('campaigns.writeOne')}
          </Anchor>
        </Text>
      ) : null}
      <Group>
        {values.experiment === null && values.templates.length < variantNames.length ? (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => onChange({ templates: [...values.templates, null] })}
          >
            {t('campaigns.addVariant')}
          </Button>
        ) : null}
        {compared && values.experiment === null ? (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onChange({ templates: values.templates.slice(0, -1) })}
          >
            {t('campaigns.dropVariant')}
          </Button>
        ) : null}
      </Group>
      <ExperimentField values={values} onChange={onChange} />
      {compared ? <SampleSize values={values} /> : null}
      {compared && values.experiment === null ? <WinnerFields values={values} onChange={onChange} /> : null}
      <Checkbox
        label={t('campaigns.useFallback')}
        description={t('campaigns.fallbackHint')}
        checked={values.fallback !== null}
        onChange={(event) =>
          onChange({ fallback: event.currentTarget.checked ? { channel: 'sms', template: null } : null })
        }
      />
      {values.fallback === null ? null : (
        <div className={styles.two}>
          <Select
            label={t('campaigns.fallbackChannel')}
            allowDeselect={false}
            value={values.fallback.channel}
            onChange={(value) => onChange({ fallback: { channel: readChannel(value), template: null } })}
            data={channelChoices.filter(({ value }) => value !== values.channel)}
          />
          <Select
            label={t('campaigns.fallbackTemplate')}
            searchable
            required
            value={values.fallback.template}
            onChange={(template) =>
              values.fallback === null ? undefined : onChange({ fallback: { ...values.fallback, template } })
            }
            data={templatesFor(values.fallback.channel)}
            nothingFoundMessage={t('campaigns.noTemplate')}
          />
        </div>
      )}
    </Stack>
  );
}

/** What a comparison of so many people can show, and what it cannot. */
function SampleSize({ values }: Pick<FieldsProps, 'values'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const segments = useQuery(segmentChoicesQuery(useApi()));
  const size = segments.data?.items.find(({ id }) => id === values.segment)?.size;
  if (size === undefined || size === null) return null;
  const part = values.winner === null ? 1 : values.winner.test / 100;
  const each = Math.floor((size * part * (1 - values.control / 100)) / values.templates.length);
  const difference = smallestDifference(each);
  return (
    <Text size="sm" c="dimmed" role="note">
      {difference === null
        ? t('campaigns.tooFew', { each })
        : t('campaigns.sampleSize', { each, points: format.number(difference * 100, 1) })}
    </Text>
  );
}

function WinnerFields({ values, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { winner } = values;
  return (
    <Stack gap="sm">
      <Checkbox
        label={t('campaigns.useWinner')}
        description={t('campaigns.winnerHint')}
        checked={winner !== null}
        onChange={(event) =>
          onChange({ winner: event.currentTarget.checked ? { metric: 'clicks', test: 20, hours: 4 } : null })
        }
      />
      {winner === null ? null : (
        <div className={styles.two}>
          <Select
            label={t('campaigns.winnerBy')}
            allowDeselect={false}
            value={winner.metric}
            onChange={(value) =>
              onChange({ winner: { ...winner, metric: value === 'conversions' ? 'conversions' : 'clicks' } })
            }
            data={[
              { value: 'clicks', label: t('campaigns.byClicks') },
              { value: 'conversions', label: t('campaigns.byOrders') },
            ]}
          />
          <NumberInput
            label={t('campaigns.testShare')}
            suffix=" %"
            min={2}
            max={90}
            value={winner.test}
            onChange={(value) => onChange({ winner: { ...winner, test: Number(value) || 20 } })}
          />
          <NumberInput
            label={t('campaigns.afterHours')}
            min={1}
            max={168}
            value={winner.hours}
            onChange={(value) => onChange({ winner: { ...winner, hours: Number(value) || 4 } })}
          />
        </div>
      )}
    </Stack>
  );
}
