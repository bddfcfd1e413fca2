import { Button, Group, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type ImportKind, importKinds } from '@vitrail/contracts';
import { useRef, useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import styles from './Imports.module.css';

interface ChooseFileProps {
  readonly kind: ImportKind | null;
  readonly onKind: (kind: ImportKind | null) => void;
  readonly onFile: (file: File) => void;
}

/** Drop a file or pick one; say what it holds, or let it be guessed. */
export function ChooseFile({ kind, onKind, onFile }: ChooseFileProps) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <Stack gap="lg">
      <Card title={t('importNew.what')}>
        <Radio.Group
          value={kind ?? 'guess'}
          onChange={(value) => onKind(importKinds.find((one) => one === value) ?? null)}
          aria-label={t('importNew.what')}
        >
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs">
            <Radio value="guess" label={t('importNew.guess')} description={t('importNew.guessHint')} />
            {importKinds.map((one) => (
              <Radio key={one} value={one} label={t(`importKind.${one}`)} description={t(`importKindHint.${one}`)} />
            ))}
          </SimpleGrid>
        </Radio.Group>
      </Card>
      <section
        aria-label={t('importNew.drop')}
        className={styles.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file !== undefined) onFile(file);
        }}
      >
        <IconFileUpload size={36} stroke={1.3} aria-hidden="true" />
        <Text fw={600}>{t('importNew.drop')}</Text>
        <Text size="sm" c="dimmed" ta="center">
          {t('importNew.formats')}
        </Text>
        <Group>
          <Button onClick={() => picker.current?.click()}>{t('importNew.pick')}</Button>
        </Group>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={t('importNew.pick')}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) onFile(file);
          }}
        />
      </section>
    </Stack>
  );
}
