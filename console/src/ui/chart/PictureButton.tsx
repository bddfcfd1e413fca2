import { Button, useComputedColorScheme } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { saveFile } from '../csv.ts';
import { surfaces } from '../theme/palette.ts';
import { pictureOf } from './pictureOf.ts';

/** What is drawn as a table, as a picture to keep. */
export function PictureButton({ name, of }: { name: string; of: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const save = async () => {
    if (of.current !== null) saveFile(`${name}.png`, await pictureOf(of.current, surfaces[scheme].raised));
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      flex="none"
      leftSection={<IconPhoto size={15} aria-hidden="true" />}
      onClick={() => void save()}
    >
      {t('chart.png')}
    </Button>
  );
}
