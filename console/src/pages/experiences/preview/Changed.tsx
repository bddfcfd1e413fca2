import { Code, List, Text } from '@mantine/core';
import type { ExperienceContent } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';

type Unpictured = Extract<ExperienceContent, { kind: 'change' | 'redirect' }>;

/** What happens to a page that only the shop has. */
export function Changed({ content }: { content: Unpictured }) {
  const { t } = useTranslation();
  if (content.kind === 'redirect')
    return <Text size="sm">{t('experiences.taken', { to: content.to === '' ? '…' : content.to })}</Text>;
  return (
    <List size="sm" spacing={6}>
      {content.changes.map((change, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: changes have no other name than their place
        <List.Item key={at}>
          {t(`experiences.action.${change.action}`)} <Code>{change.selector === '' ? '…' : change.selector}</Code>
          {'value' in change ? ` → ${change.value === '' ? '…' : change.value}` : null}
          {change.action === 'move' ? ` → ${change.before === '' ? '…' : change.before}` : null}
        </List.Item>
      ))}
    </List>
  );
}
