import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Experiences.module.css';
import { BlockFields } from './BlockFields.tsx';
import { ColourFields } from './ColourFields.tsx';
import { CaptureFields } from './capture/CaptureFields.tsx';
import { isAsking } from './capture/captureDraft.ts';
import type { Panel } from './draft.ts';
import type { ContentProps } from './formContext.tsx';
import { TextFields } from './TextFields.tsx';

/** Everything with words of its own: where it stands, what it says, where it leads, its colours and blocks. */
export function PanelFields(props: ContentProps<Panel>) {
  const { content, onChange, errorAt, disabled } = props;
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <PlaceFields {...props} />
      <TextFields {...props} />
      {isAsking(content) ? (
        <CaptureFields content={content} onChange={onChange} errorAt={errorAt} disabled={disabled} />
      ) : (
        <TextInput
          label={t('experiences.link')}
          description={t(isButtonLost(content) ? 'experiences.buttonLost' : 'experiences.linkHint')}
          maxLength={2_000}
          disabled={disabled}
          value={content.link ?? ''}
          error={errorAt('link')}
          onChange={(event) => onChange({ ...content, link: event.currentTarget.value })}
        />
      )}
      <ColourFields {...props} />
      <BlockFields {...props} />
      <Switch
        label={t('experiences.closable')}
        disabled={disabled}
        checked={content.closable}
        onChange={(event) => onChange({ ...content, closable: event.currentTarget.checked })}
      />
    </Stack>
  );
}

/** Words on a button that would lead nowhere. */
const isButtonLost = ({ texts, link = '' }: Panel): boolean =>
  link.trim() === '' && Object.values(texts).some(({ button = '' }) => button.trim() !== '');

function PlaceFields({ content, onChange, errorAt, disabled }: ContentProps<Panel>) {
  const { t } = useTranslation();
  switch (content.kind) {
    case 'bar':
      return (
        <Select
          label={t('experiences.placeTitle')}
          disabled={disabled}
          value={content.place}
          onChange={(next) => onChange({ ...content, place: next === 'bottom' ? 'bottom' : 'top' })}
          data={(['top', 'bottom'] as const).map((place) => ({ value: place, label: t(`experiences.place.${place}`) }))}
        />
      );
    case 'slide_in':
      return (
        <Select
          label={t('experiences.placeTitle')}
          disabled={disabled}
          value={content.place}
          onChange={(next) => onChange({ ...content, place: next === 'left' ? 'left' : 'right' })}
          data={(['right', 'left'] as const).map((place) => ({ value: place, label: t(`experiences.place.${place}`) }))}
        />
      );
    case 'banner':
    case 'block':
      return (
        <div className={styles.two}>
          <Select
            label={t('experiences.placeTitle')}
            disabled={disabled}
            value={content.place}
            onChange={(next) =>
              onChange({ ...content, place: (['before', 'after'] as const).find((one) => one === next) ?? 'inside' })
            }
            data={(['before', 'after', 'inside'] as const).map((place) => ({
              value: place,
              label: t(`experiences.place.${place}`),
            }))}
          />
          <TextInput
            label={t('experiences.selector')}
            description={t('experiences.selectorHint')}
            required
            maxLength={300}
            disabled={disabled}
            value={content.selector}
            error={errorAt('selector')}
            onChange={(event) => onChange({ ...content, selector: event.currentTarget.value })}
          />
        </div>
      );
    default:
      return null;
  }
}
