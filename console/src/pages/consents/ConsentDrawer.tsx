import { Drawer, Stack, Text } from '@mantine/core';
import type { ConsentEntry, ConsentProof } from '@vitrail/contracts';
import { useLedger } from '../../api/consents.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import { LoadMore } from '../../ui/table/LoadMore.tsx';
import styles from './Consents.module.css';
import { useConsentWords } from './useConsentWords.ts';

const tones: Readonly<Record<ConsentEntry['state'], Tone>> = { granted: 'good', pending: 'busy', denied: 'bad' };
/** In the order in which somebody who has to prove it would read them. */
const proofFields = [
  'text',
  'reason',
  'page',
  'version',
  'language',
  'category',
  'signal',
  'messageId',
  'ip',
  'userAgent',
] as const satisfies readonly (keyof ConsentProof)[];

/** Everything a customer said, the newest first, each with what proves it. */
export default function ConsentDrawer({ profile, onClose }: { profile: string; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useLedger(profile);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('consent.ledger')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('consent.ledgerNote')}
        </Text>
        {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
        <ol className={styles.list}>
          {list.rows.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
        <LoadMore list={list} />
      </Stack>
    </Drawer>
  );
}

function Entry({ entry }: { entry: ConsentEntry }) {
  const { t } = useTranslation();
  const words = useConsentWords();
  const { state, basis, at, expiresAt, source, proof } = entry;
  const proofs = proofFields.filter((field) => proof[field] !== undefined && proof[field] !== '');
  return (
    <li className={styles.entry}>
      <div className={styles.row}>
        <strong>{words.of(entry)}</strong>
        <StatusBadge tone={tones[state]}>{t(`consent.state.${state}`)}</StatusBadge>
      </div>
      <Text size="sm" c="dimmed">
        <DateTime at={at} /> · {words.source(source)} · {t(`consent.basis.${basis}`)}
      </Text>
      {expiresAt === null ? null : (
        <Text size="sm" c="dimmed">
          {t('consent.until')} <DateTime at={expiresAt} only="date" />
        </Text>
      )}
      {proofs.length === 0 ? null : (
        <dl className={styles.proof}>
          {proofs.map((field) => (
            <Proof key={field} name={t(`consent.proof.${field}`)} value={proof[field] ?? ''} />
          ))}
        </dl>
      )}
    </li>
  );
}

const Proof = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
