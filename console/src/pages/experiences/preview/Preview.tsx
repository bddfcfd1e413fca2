import { Group, SegmentedControl, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { ExperienceContent } from '@vitrail/contracts';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { surfaces } from '../../../ui/theme/palette.ts';
import { isPanel, languages, type Panel } from '../form/draft.ts';
import { Changed } from './Changed.tsx';
import { coloursOf } from './coloursOf.ts';
import { PanelPicture } from './PanelPicture.tsx';
import styles from './Preview.module.css';

/** Pixels of the page that is pictured. */
const widths = { phone: 360, desktop: 1_024 } as const;
const heights = { phone: 560, desktop: 640 } as const;
type Device = keyof typeof widths;

/** What a visitor would see; of a change to a page that only the shop has, what happens to it. */
export function Preview({ content }: { content: ExperienceContent | undefined }) {
  const { t } = useTranslation();
  if (content === undefined) return null;
  return isPanel(content) ? (
    <PanelPreview content={content} />
  ) : (
    <Card title={t('experiences.preview')} note={t('experiences.changeNote')}>
      <Changed content={content} />
    </Card>
  );
}

/** Drawn by the console on a page that stands for any. */
function PanelPreview({ content }: { content: Panel }) {
  const { t, language: spoken } = useTranslation();
  const format = useFormat();
  const [device, setDevice] = useState<Device>('phone');
  const [language, setLanguage] = useState<string>(spoken);
  const { ref, width } = useElementSize();
  const told = Object.keys(content.texts);
  const shown = [...new Set([...languages, ...told])];
  const scale = Math.min(1, width / widths[device]);
  const colours = coloursOf(content.style);
  const frame: CSSProperties & Record<`--${string}`, string> = {
    width: widths[device],
    height: heights[device],
    scale: String(scale),
    colorScheme: 'light',
    '--preview-page': surfaces.light.page,
    '--preview-quiet': surfaces.light.hover,
    '--preview-line': surfaces.light.line,
    '--preview-dim': surfaces.light.dim,
    '--preview-ink': surfaces.light.text,
    '--preview-ground': colours.background,
    '--preview-text': colours.text,
    '--preview-accent': colours.accent,
    '--preview-on-accent': colours.onAccent,
  };
  return (
    <Card title={t('experiences.preview')} note={t('experiences.previewNote')}>
      <Group justify="space-between" gap="xs" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('experiences.previewDevice')}
          value={device}
          onChange={(next) => setDevice(next === 'desktop' ? 'desktop' : 'phone')}
          data={(['phone', 'desktop'] as const).map((one) => ({ value: one, label: t(`experiences.on.${one}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('experiences.previewLanguage')}
          value={language}
          onChange={setLanguage}
          data={shown.map((one) => ({ value: one, label: format.name(one, 'language') }))}
        />
      </Group>
      <div ref={ref}>
        <div className={styles.stage} style={{ width: widths[device] * scale, height: heights[device] * scale }}>
          <div className={styles.page} data-device={device} style={frame}>
            <ShopPage />
            <PanelPicture content={content} language={language} />
          </div>
        </div>
      </div>
      {content.texts[language] === undefined && told.length > 0 ? (
        <Text size="xs" c="dimmed" mt={6}>
          {t('experiences.standIn', { language: format.name(told[0] ?? '', 'language') })}
        </Text>
      ) : null}
    </Card>
  );
}

/** Grey boxes where a shop's page would be. */
function ShopPage() {
  return (
    <div className={styles.shop} aria-hidden="true">
      <div className={styles.head} />
      <div className={styles.hero} />
      <div className={styles.products}>
        {[1, 2, 3, 4, 5, 6].map((one) => (
          <div key={one} />
        ))}
      </div>
    </div>
  );
}
