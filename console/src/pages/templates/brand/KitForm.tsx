import '@mantine/core/styles/ColorSwatch.css';
import '@mantine/core/styles/ColorPicker.css';
import '@mantine/core/styles/ColorInput.css';
import { Button, ColorInput, Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type BrandKit, brandKitSchema, type SavedBrandKit } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { saveBrandKit } from '../../../api/templates.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Templates.module.css';

const lines = ['senderName', 'senderAddress', 'replyTo', 'logoUrl', 'shopUrl', 'font'] as const;
const colours = ['primary', 'onPrimary', 'background', 'surface', 'text', 'muted'] as const;
const texts = ['postalAddress', 'footer'] as const;

/** Sender, logo, colours and footer of one site. */
export function KitForm({ saved, readOnly }: { saved: SavedBrandKit; readOnly: boolean }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [kit, setKit] = useState<BrandKit>(saved.kit);
  const checked = brandKitSchema.safeParse(kit);
  const wrong = new Set(checked.success ? [] : checked.error.issues.map(({ path }) => String(path[0])));
  const save = useMutation({
    mutationFn: () => saveBrandKit(api, saved.site, kit),
    onSuccess: (answer) => {
      client.setQueryData(['brand-kits'], answer);
      notifications.show({ message: t('templates.brand.saved') });
    },
  });
  const set = (name: keyof BrandKit, value: string) => setKit({ ...kit, [name]: value });
  const errorOf = (name: string) => (wrong.has(name) ? t('templates.brand.wrong') : null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.success) save.mutate();
      }}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {lines.map((name) => (
            <TextInput
              key={name}
              label={t(`templates.brand.${name}`)}
              value={kit[name]}
              error={errorOf(name)}
              readOnly={readOnly}
              onChange={(event) => set(name, event.currentTarget.value)}
            />
          ))}
        </SimpleGrid>
        <div className={styles.swatches}>
          {colours.map((name) => (
            <ColorInput
              key={name}
              label={t(`templates.brand.${name}`)}
              value={kit[name]}
              error={errorOf(name)}
              readOnly={readOnly}
              withEyeDropper={false}
              onChange={(value) => set(name, value)}
            />
          ))}
        </div>
        {texts.map((name) => (
          <Textarea
            key={name}
            label={t(`templates.brand.${name}`)}
            value={kit[name]}
            autosize
            minRows={2}
            readOnly={readOnly}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        ))}
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        {readOnly ? null : (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!checked.success}>
              {t('action.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
