import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { durationUnits, eventDimensions, type FunnelInput, funnelInputSchema, reportLimits } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { funnelQuery } from '../../api/reports.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Analytics.module.css';
import { FunnelResult } from './FunnelResult.tsx';
import { PeriodPicker } from './frame/PeriodPicker.tsx';
import { ReportFrame } from './frame/ReportFrame.tsx';
import { SaveReport } from './frame/SaveReport.tsx';
import { useReport } from './frame/useReport.ts';
import { DimensionPicker } from './parts/DimensionPicker.tsx';
import { EventPicker } from './parts/EventPicker.tsx';
import { Filters } from './parts/Filters.tsx';
import { type OpenPoint, PeopleDrawer } from './parts/PeopleDrawer.tsx';

const step = (name: string) => ({ match: { type: 'track' as const, events: [name], where: [] } });
/** The way to an order, by the names every shop's events have. */
const start: FunnelInput = funnelInputSchema.parse({
  steps: ['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed'].map(step),
});

/** How many people get from one step to the next. */
export function FunnelsPage() {
  const { t } = useTranslation();
  const state = useReport(funnelInputSchema, start);
  const { request, asked, change } = state;
  const funnel = useQuery(funnelQuery(useApi(), asked));
  const [point, setPoint] = useState<OpenPoint | null>(null);
  const { steps, within } = request;
  const set = (at: number, match: FunnelInput['steps'][number]['match']) =>
    change({ steps: steps.map((one, place) => (place === at ? { match } : one)) });
  const move = (at: number, by: 1 | -1) => {
    const next = [...steps];
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(at + by, 0, one);
    change({ steps: next });
  };
  return (
    <ReportFrame
      title={t('analytics.funnels')}
      purpose={t('analytics.funnelsPurpose')}
      definition={t('analytics.definition.funnel')}
      about={funnel.data}
      error={funnel.error}
      busy={funnel.isFetching && (funnel.isPlaceholderData || funnel.isPending)}
      onRetry={() => void funnel.refetch()}
      actions={
        <>
          <PeriodPicker period={state.period} onChoose={state.choose} />
          <SaveReport definition={{ kind: 'funnel', request }} period={state.period} saved={state.saved} />
        </>
      }
      controls={
        <>
          <Stack gap="xs" component="ol" className={styles.steps}>
            {steps.map((one, at) => (
              // Steps have no name of their own: their place is what they are.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Group key={at} component="li" gap={4} wrap="nowrap">
                <Text size="sm" w={22}>
                  {at + 1}.
                </Text>
                <EventPicker
                  label={t('analytics.step', { number: at + 1 })}
                  match={one.match}
                  onChange={(match) => set(at, match)}
                />
                <ActionIcon
                  aria-label={t('analytics.stepUp', { number: at + 1 })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={16} aria-hidden="true" />
                </ActionIcon>
                <ActionIcon
                  aria-label={t('analytics.stepDown', { number: at + 1 })}
                  disabled={at === steps.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={16} aria-hidden="true" />
                </ActionIcon>
                <ActionIcon
                  aria-label={t('analytics.stepRemove', { number: at + 1 })}
                  disabled={steps.length <= 2}
                  onClick={() => change({ steps: steps.filter((_, place) => place !== at) })}
                >
                  <IconTrash size={16} aria-hidden="true" />
                </ActionIcon>
              </Group>
            ))}
            <li>
              <Button
                variant="default"
                size="compact-sm"
                disabled={steps.length >= reportLimits.steps}
                leftSection={<IconPlus size={14} aria-hidden="true" />}
                onClick={() => change({ steps: [...steps, { match: { type: 'page', events: [], where: [] } }] })}
              >
                {t('analytics.stepAdd')}
              </Button>
            </li>
          </Stack>
          <Group gap={6} align="flex-end">
            <NumberInput
              label={t('analytics.within')}
              w={110}
              min={1}
              max={10_000}
              value={within.n}
              onChange={(n) => {
                if (typeof n === 'number' && Number.isInteger(n) && n >= 1) change({ within: { ...within, n } });
              }}
            />
            <NativeSelect
              aria-label={t('analytics.withinUnit')}
              value={within.unit}
              data={durationUnits.map((unit) => ({ value: unit, label: t(`analytics.durationUnit.${unit}`) }))}
              onChange={({ currentTarget }) => {
                const unit = durationUnits.find((one) => one === currentTarget.value);
                if (unit !== undefined) change({ within: { ...within, unit } });
              }}
            />
          </Group>
          <DimensionPicker
            label={t('analytics.breakdown')}
            fields={eventDimensions}
            properties
            value={request.breakdown}
            onChange={(breakdown) => change({ breakdown })}
          />
          <Filters
            fields={eventDimensions}
            properties
            filters={request.filters}
            onChange={(filters) => change({ filters })}
          />
        </>
      }
    >
      <FunnelResult
        input={request}
        funnel={funnel.data}
        onOpen={(title, of) => setPoint({ kind: 'funnel', request: asked, point: of, title })}
      />
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}
