import { ActionIcon, Button, CopyButton as MantineCopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from '../i18n/useTranslation.tsx';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied, in words: the accessible name. */
  readonly label: string;
  readonly withText?: boolean;
}

/** Copies a text and says so. */
export function CopyButton({ value, label, withText = false }: CopyButtonProps) {
  const { t } = useTranslation();
  return (
    <MantineCopyButton value={value} timeout={1800}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />;
        const words = copied ? t('action.copied') : label;
        if (withText)
          return (
            <Button variant="default" leftSection={icon} onClick={copy}>
              <span aria-live="polite">{words}</span>
            </Button>
          );
        return (
          <Tooltip label={words}>
            <ActionIcon onClick={copy} aria-label={words} size={24}>
              {icon}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </MantineCopyButton>
  );
}
