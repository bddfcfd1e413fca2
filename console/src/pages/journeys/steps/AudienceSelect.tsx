import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SegmentNode } from '@vitrail/contracts';
import { lazy, Suspense, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { createSegment, segmentChoicesQuery } from '../../../api/segments.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useStepWords } from '../useStepWords.ts';

// The builder of conditions is large; it comes when somebody writes one.
const ConditionsDialog = lazy(() => import('../../segments/builder/ConditionsDialog.tsx'));

const nobodyYet: SegmentNode = { kind: 'all', of: [] };

interface AudienceSelectProps {
  readonly label: string;
  readonly value: SegmentNode | undefined;
  readonly onChange: (value: SegmentNode | undefined) => void;
  readonly disabled: boolean;
  readonly clearable: boolean;
}

/** Who is meant: a segment of the workspace, or conditions of this place alone, written with the builder of segments. */
export function AudienceSelect({ label, value, onChange, disabled, clearable }: AudienceSelectProps) {
  const { t } = useTranslation();
  const words = useStepWords();
  const segments = useQuery(segmentChoicesQuery(useApi())).data?.items ?? [];
  const [writing, setWriting] = useState(false);
  const own = value !== undefined && value.kind !== 'segment';
  return (
    <Stack gap={6}>
      <Select
        label={label}
        searchable
        clearable={clearable}
        disabled={disabled}
        value={value === undefined ? null : value.kind === 'segment' ? value.segment : '#own'}
        data={[
          ...(own ? [{ value: '#own', label: t('journeys.ownConditions') }] : []),
          ...segments.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => {
          if (id === null) onChange(undefined);
          else if (id !== '#own') onChange({ kind: 'segment', segment: id, member: true });
        }}
      />
      {own ? (
        <Text size="sm" data-testid="own-conditions">
          {words.sentence(value)}
        </Text>
      ) : null}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled}
          aria-label={`${t(own ? 'journeys.changeConditions' : 'journeys.writeConditions')}, ${label}`}
          onClick={() => setWriting(true)}
        >
          {t(own ? 'journeys.changeConditions' : 'journeys.writeConditions')}
        </Button>
      </Group>
      {writing ? (
        <Suspense>
          <ConditionsDialog
            title={label}
            start={value ?? nobodyYet}
            named={false}
            onApply={async (definition) => onChange(definition)}
            onClose={() => setWriting(false)}
          />
        </Suspense>
      ) : null}
    </Stack>
  );
}

interface SegmentSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly disabled: boolean;
}

/** A segment whose comings and goings are followed; a new one can be written on the spot. */
export function SegmentSelect({ label, value, onChange, disabled }: SegmentSelectProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const segments = useQuery(segmentChoicesQuery(api)).data?.items ?? [];
  const [writing, setWriting] = useState(false);
  return (
    <Stack gap={6}>
      <Select
        label={label}
        searchable
        disabled={disabled}
        value={segments.some(({ id }) => id === value) ? value : null}
        data={segments.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => onChange(id ?? '')}
      />
      {can('segments.write') ? (
        <Group gap="xs">
          <Button size="compact-sm" variant="default" disabled={disabled} onClick={() => setWriting(true)}>
            {t('journeys.newSegment')}
          </Button>
        </Group>
      ) : null}
      {writing ? (
        <Suspense>
          <ConditionsDialog
            title={t('journeys.newSegment')}
            start={nobodyYet}
            named
            onApply={async (definition, name) => {
              const { id } = await createSegment(api, { name, description: '', definition });
              await client.invalidateQueries({ queryKey: ['segments'] });
              onChange(id);
            }}
            onClose={() => setWriting(false)}
          />
        </Suspense>
      ) : null}
    </Stack>
  );
}
