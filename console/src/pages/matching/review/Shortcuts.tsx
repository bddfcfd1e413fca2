import { Kbd, Modal, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from './Review.module.css';
import type { Letters, ReviewAction } from './shortcuts.ts';

const digits: Partial<Readonly<Record<ReviewAction, string>>> = {
  merge: '1',
  distinct: '2',
  unsure: '3',
  next: '→',
  previous: '←',
};
const actions = ['merge', 'distinct', 'unsure', 'undo', 'next', 'previous', 'assign', 'comment', 'help'] as const;

interface ShortcutsProps {
  readonly opened: boolean;
  readonly letters: Letters;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly onClose: () => void;
}

/** The keys of the queue, and the switch for those whom single keys get in the way of. */
export function Shortcuts({ opened, letters, on, onSwitch, onClose }: ShortcutsProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('review.shortcuts')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <table className={styles.keys}>
          <tbody>
            {actions.map((action) => (
              <tr key={action} className={styles.keyRow}>
                <th scope="row" className={styles.keyName}>
                  {t(`review.keyDoes.${action}`)}
                </th>
                <td className={styles.keyHits}>
                  <Kbd>{letters[action]}</Kbd>
                  {digits[action] === undefined ? null : (
                    <>
                      {' '}
                      <Kbd>{digits[action]}</Kbd>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Switch
          label={t('review.keysOn')}
          checked={on}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
          data-autofocus
        />
        <Text size="sm" c="dimmed">
          {t('review.keysNote')}
        </Text>
      </Stack>
    </Modal>
  );
}
