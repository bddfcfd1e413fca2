import { Modal, Text, UnstyledButton } from '@mantine/core';
import type { JourneyNodeKind } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StepIcon } from './canvas/StepIcon.tsx';
import { stepKinds } from './draft.ts';
import styles from './Journeys.module.css';

/** What kind of step comes here. */
export function AddStepDialog({
  onChoose,
  onClose,
}: {
  onChoose: (kind: JourneyNodeKind) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('journeys.addAfter')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={styles.gallery}>
        {stepKinds.map((kind) => (
          <UnstyledButton key={kind} className={styles.ready} onClick={() => onChoose(kind)}>
            <Text fw={600}>
              <StepIcon kind={kind} /> {t(`journeys.kind.${kind}`)}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`journeys.about.${kind}`)}
            </Text>
          </UnstyledButton>
        ))}
      </div>
    </Modal>
  );
}
