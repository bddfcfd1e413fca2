import { Button, Fieldset, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../../ui/format/FormatProvider.tsx';
import styles from '../../Experiences.module.css';
import { languages } from '../draft.ts';
import type { ContentProps } from '../formContext.tsx';
import { GivingHint, GivingSelect } from './CouponFields.tsx';
import { chanceSum, freeKey, type Wheel } from './captureDraft.ts';
import { OfferSelect } from './OfferSelect.tsx';

type Segment = Wheel['segments'][number];

/** What can be drawn and how likely, as visitors will read it. */
export function SegmentFields({ content, onChange, errorAt, disabled }: ContentProps<Wheel>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { segments } = content;
  const put = (next: Segment[]): void => onChange({ ...content, segments: next });
  const sum = chanceSum(segments);
  return (
    <Fieldset legend={t('experiences.capture.segments')} disabled={disabled}>
      <Stack gap="sm">
        <Text size="xs" c="dimmed">
          {t('experiences.capture.segmentsNote')}
        </Text>
        {segments.map((segment, at) => (
          <OneSegment
            key={segment.key}
            segment={segment}
            number={at + 1}
            errorAt={(path) => errorAt(`segments.${at}.${path}`)}
            onChange={(part) => put(segments.map((one, index) => (index === at ? { ...one, ...part } : one)))}
            onRemove={segments.length > 2 ? () => put(segments.filter((_, index) => index !== at)) : null}
          />
        ))}
        <Group justify="space-between">
          <Text size="sm" fw={600} {...(sum === 1 ? {} : { c: 'red' })} role="status">
            {t('experiences.capture.sum', { share: format.percent(sum) })}
          </Text>
          {disabled || segments.length >= 12 ? null : (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                const key = freeKey(
                  'prize',
                  segments.map((one) => one.key),
                );
                put([...segments, { key, label: {}, chance: Math.max(0, 1 - sum), offer: null }]);
              }}
            >
              {t('experiences.capture.addSegment')}
            </Button>
          )}
        </Group>
        {errorAt('segments') === undefined ? null : (
          <Text c="red" size="sm" role="alert">
            {errorAt('segments')}
          </Text>
        )}
        <div className={styles.two}>
          <GivingSelect value={content.give} onChange={(give) => onChange({ ...content, give })} />
          <NumberInput
            label={t('experiences.capture.againDays')}
            placeholder={t('experiences.capture.againEver')}
            min={1}
            max={365}
            value={content.againDays ?? ''}
            onChange={(next) => onChange({ ...content, againDays: Number(next) > 0 ? Number(next) : null })}
          />
        </div>
        <GivingHint />
        <Text size="xs" c="dimmed">
          {t('experiences.capture.againHint')}
        </Text>
      </Stack>
    </Fieldset>
  );
}

interface OneSegmentProps {
  readonly segment: Segment;
  readonly number: number;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (part: Partial<Segment>) => void;
  readonly onRemove: (() => void) | null;
}

function OneSegment({ segment, number, errorAt, onChange, onRemove }: OneSegmentProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Fieldset legend={t('experiences.capture.segment', { number })}>
      <div className={styles.two}>
        {languages.map((language) => (
          <TextInput
            key={language}
            label={t('experiences.capture.segmentLabel', { language: format.name(language, 'language') })}
            maxLength={120}
            value={segment.label[language] ?? ''}
            error={errorAt('label')}
            onChange={(event) => onChange({ label: { ...segment.label, [language]: event.currentTarget.value } })}
          />
        ))}
        <NumberInput
          label={t('experiences.capture.chance')}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={2}
          value={Math.round(segment.chance * 10_000) / 100}
          error={errorAt('chance')}
          onChange={(next) => onChange({ chance: Math.round((Number(next) || 0) * 100) / 10_000 })}
        />
        <OfferSelect
          value={segment.offer}
          none={t('experiences.capture.noOffer')}
          error={errorAt('offer')}
          onChange={(offer) => onChange({ offer })}
        />
      </div>
      {onRemove === null ? null : (
        <Button size="compact-sm" variant="default" mt="sm" onClick={onRemove}>
          {t('experiences.capture.removeSegment', { number })}
        </Button>
      )}
    </Fieldset>
  );
}
