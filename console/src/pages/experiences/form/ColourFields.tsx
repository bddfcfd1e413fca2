import { Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import styles from '../Experiences.module.css';
import { coloursOf } from '../preview/coloursOf.ts';
import { contrast, enoughContrast, isColour } from '../preview/contrast.ts';
import type { Panel } from './draft.ts';
import type { ContentProps } from './formContext.tsx';

const parts = ['background', 'text', 'accent'] as const;

/** Its colours, and whether what is written can be read. */
export function ColourFields({ content, onChange, errorAt, disabled }: ContentProps<Panel>) {
  const { t } = useTranslation();
  const colours = coloursOf(content.style);
  return (
    <div>
      <div className={styles.three}>
        {parts.map((part) => (
          <TextInput
            key={part}
            label={t(`experiences.colour.${part}`)}
            placeholder={colours[part]}
            maxLength={7}
            disabled={disabled}
            value={content.style[part] ?? ''}
            error={errorAt(`style.${part}`)}
            onChange={(event) =>
              onChange({ ...content, style: { ...content.style, [part]: event.currentTarget.value } })
            }
            leftSection={
              <input
                type="color"
                className={styles.swatch}
                aria-label={t('experiences.pick', { name: t(`experiences.colour.${part}`) })}
                disabled={disabled}
                value={isColour(content.style[part]) ? content.style[part] : colours[part]}
                onChange={(event) =>
                  onChange({ ...content, style: { ...content.style, [part]: event.currentTarget.value } })
                }
              />
            }
          />
        ))}
      </div>
      <Contrast text={colours.asked} ground={colours.background} what={t('experiences.onGround')} />
      <Contrast text={colours.onAccent} ground={colours.accent} what={t('experiences.onButton')} />
    </div>
  );
}

/** In words, because whoever mixes colours may not see the difference themselves. */
function Contrast({ text, ground, what }: { text: string; ground: string; what: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ratio = contrast(text, ground);
  const enough = ratio >= enoughContrast;
  const Icon = enough ? IconCheck : IconAlertTriangle;
  return (
    <Text size="sm" mt={6} className={styles.contrast} data-enough={enough ? '' : undefined} role="status">
      <Icon size={15} aria-hidden="true" />
      {t(enough ? 'experiences.contrastGood' : 'experiences.contrastBad', { what, ratio: format.number(ratio, 1) })}
    </Text>
  );
}
