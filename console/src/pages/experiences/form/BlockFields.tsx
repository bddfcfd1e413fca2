import { ActionIcon, Button, Fieldset, Group, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useNow } from '../../../ui/format/FormatProvider.tsx';
import styles from '../Experiences.module.css';
import { type Block, blockTypes, newBlock } from './blocks/newBlock.ts';
import { OneBlock } from './blocks/OneBlock.tsx';
import type { Panel } from './draft.ts';
import type { ContentProps } from './formContext.tsx';

/** What stands below the words: products, a countdown, what is missing to a goal, what people did, a picture. */
export function BlockFields({ content, onChange, errorAt, disabled }: ContentProps<Panel>) {
  const { t } = useTranslation();
  const now = useNow();
  const { blocks } = content;
  const put = (blocks: Block[]): void => onChange({ ...content, blocks });
  return (
    <Stack gap="sm">
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name than their place
        <Fieldset key={at} legend={t(`experiences.block.${block.type}`)} disabled={disabled}>
          <div className={styles.row}>
            <Stack gap="xs" flex={1}>
              <OneBlock
                block={block}
                onChange={(next) => put(blocks.map((one, index) => (index === at ? next : one)))}
                errorAt={(path) => errorAt(`blocks.${at}.${path}`)}
              />
            </Stack>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('experiences.removeBlock', { name: t(`experiences.block.${block.type}`) })}
              onClick={() => put(blocks.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </div>
        </Fieldset>
      ))}
      {disabled || blocks.length >= 6 ? null : (
        <Group gap="xs" role="group" aria-label={t('experiences.addBlock')}>
          {blockTypes.map((type) => (
            <Button
              key={type}
              size="compact-sm"
              variant="default"
              onClick={() => put([...blocks, newBlock(type, now)])}
            >
              {t('experiences.add', { name: t(`experiences.block.${type}`) })}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}
