import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { type Asking, isAsking } from '../form/capture/captureDraft.ts';
import type { Panel } from '../form/draft.ts';
import { AskingPicture } from './AskingPicture.tsx';
import { BlockPicture } from './BlockPicture.tsx';
import styles from './Preview.module.css';

/** What the button says without words of its own. */
const sends = {
  form: 'experiences.send',
  survey: 'experiences.send',
  quiz: 'experiences.capture.next',
  wheel: 'experiences.capture.spin',
} as const satisfies Record<Asking['kind'], string>;

/** The panel as a picture: nothing in it can be pressed. */
export function PanelPicture({ content, language }: { content: Panel; language: string }) {
  const { t } = useTranslation();
  const words = content.texts[language] ?? Object.values(content.texts)[0] ?? {};
  const place = 'place' in content ? content.place : '';
  // A button without anywhere to lead is not drawn; a form always has one.
  const leads = isAsking(content) || (content.link ?? '').trim() !== '';
  const button = leads ? words.button || (isAsking(content) ? t(sends[content.kind]) : '') : '';
  const isWindow = content.kind === 'modal' || isAsking(content);
  return (
    <>
      {isWindow ? <div className={styles.veil} /> : null}
      <div className={styles.panel} data-kind={content.kind} data-place={place} data-testid="preview" lang={language}>
        {content.closable ? (
          <span className={styles.cross} title={words.close ?? t('action.close')}>
            ×
          </span>
        ) : null}
        {words.title === undefined || words.title === '' ? null : <p className={styles.title}>{words.title}</p>}
        {words.body === undefined || words.body === '' ? null : <p className={styles.body}>{words.body}</p>}
        {content.blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name than their place
          <BlockPicture key={at} block={block} language={language} />
        ))}
        {isAsking(content) ? <AskingPicture content={content} language={language} /> : null}
        {button === '' ? null : <span className={styles.button}>{button}</span>}
      </div>
    </>
  );
}
