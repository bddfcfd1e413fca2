import { IconArrowNarrowRight, IconPlus } from '@tabler/icons-react';
import type { Merge } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Mosaic } from '../mosaic/Mosaic.tsx';
import { PersonName } from '../PersonName.tsx';
import { mosaicInputOf } from '../person.ts';
import styles from './MergeDrawing.module.css';

/** Two windows becoming one; apart again when the merge was undone. */
export function MergeDrawing({ merge }: { merge: Pick<Merge, 'winner' | 'loser' | 'undoneAt'> }) {
  const { t } = useTranslation();
  const { winner, loser } = merge;
  const joined = useMemo(() => {
    const input = mosaicInputOf(winner);
    return { seed: input.seed, fragments: [...input.fragments, ...mosaicInputOf(loser).fragments] };
  }, [winner, loser]);
  return (
    <div className={styles.drawing} data-undone={merge.undoneAt !== null}>
      <PersonName person={winner} size={36} />
      <IconPlus size={14} aria-label={t('merge.and')} className={styles.sign} />
      <PersonName person={loser} size={36} />
      {merge.undoneAt === null ? (
        <>
          <IconArrowNarrowRight size={18} aria-label={t('merge.become')} className={styles.sign} />
          <span className={styles.whole}>
            <Mosaic {...joined} size={44} />
          </span>
        </>
      ) : null}
    </div>
  );
}
