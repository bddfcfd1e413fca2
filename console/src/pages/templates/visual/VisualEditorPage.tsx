import 'grapesjs/dist/css/grapes.min.css';
import grapesjs, { type Editor } from 'grapesjs';
import en from 'grapesjs/locale/en.mjs';
import fr from 'grapesjs/locale/fr.mjs';
import mjmlModule from 'grapesjs-mjml';
import mjmlEn from 'grapesjs-mjml/locale/en.js';
import mjmlFr from 'grapesjs-mjml/locale/fr.js';
import { useEffect, useRef } from 'react';
import styles from '../Templates.module.css';
import { type FromEditor, type ToEditor, toEditorSchema } from './talk.ts';

/** What a package of the older kind exports: by itself, or as `default` of itself, depending on who bundles it. */
const unwrap = <T,>(loaded: T | { readonly default: T }): T =>
  typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded;
const mjmlPlugin = unwrap(mjmlModule);

const tell = (message: FromEditor): void => window.parent.postMessage(message, window.location.origin);
/** So long after the last change the console hears of it. */
const quietMs = 400;

/** The page in the frame: GrapesJS with the blocks of MJML and ours. Loads nothing from elsewhere, tells nobody of its use. */
export function VisualEditorPage() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let editor: Editor | null = null;
    const listen = ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== window.parent || origin !== window.location.origin || place.current === null) return;
      const heard = toEditorSchema.safeParse(data);
      if (!heard.success) return;
      editor?.destroy();
      editor = open(place.current, heard.data);
    };
    window.addEventListener('message', listen);
    tell({ kind: 'ready' });
    return () => {
      window.removeEventListener('message', listen);
      editor?.destroy();
    };
  }, []);
  return <div ref={place} className={styles.whole} />;
}

function open(container: HTMLElement, { mjml, language, pictures, blocks }: ToEditor): Editor {
  const editor = grapesjs.init({
    container,
    height: '100%',
    fromElement: false,
    storageManager: false,
    telemetry: false,
    cssIcons: '',
    assetManager: { assets: pictures, upload: false },
    i18n: {
      locale: language,
      localeFallback: 'en',
      messages: { en: { ...en, ...unwrap(mjmlEn) }, fr: { ...fr, ...unwrap(mjmlFr) } },
    },
    plugins: [(made) => mjmlPlugin(made, { overwriteExport: false, resetDevices: true })],
  });
  for (const { id, label, mjml: content } of blocks) {
    editor.BlockManager.add(`vitrail-${id}`, { label, content, category: 'Vitrail' });
  }
  arrangePanels(editor);
  editor.setComponents(mjml);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  editor.on('load', () => {
    editor.Panels.getButton('views', 'open-blocks')?.set('active', true);
    editor.on('update', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => tell({ kind: 'changed', mjml: editor.getHtml() }), quietMs);
    });
  });
  editor.on('destroy', () => clearTimeout(waiting));
  return editor;
}

/** Pictures of the buttons: the editor would take them from a font of icons somewhere else. */
const pictures: Readonly<Record<string, readonly [panel: string, path: string]>> = {
  'sw-visibility': ['options', 'M4 4h4v2H6v2H4zM16 4h4v4h-2V6h-2zM4 16h2v2h2v2H4zM18 16h2v4h-4v-2h2z'],
  'open-sm': ['views', 'M4 20c3 0 4-1 4-3l9-11 3 3-11 9c-2 0-2 2-5 2z'],
  'open-tm': ['views', 'M4 7h9v2H4zM15 5h3v2h2v2h-2v2h-3zM4 15h4v2H4zM10 13h3v2h7v2h-7v2h-3z'],
  'open-layers': ['views', 'M4 5h16v2H4zM4 11h16v2H4zM4 17h16v2H4z'],
  'open-blocks': ['views', 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z'],
};
/** What the console does better: its own preview, its own code. */
const spare = ['preview', 'fullscreen', 'export-template', 'mjml-import'];

function arrangePanels({ Panels }: Editor): void {
  for (const [id, [panel, path]] of Object.entries(pictures)) {
    const label = `<svg viewBox="0 0 24 24" style="display:block;max-width:22px"><path fill="currentColor" d="${path}"/></svg>`;
    Panels.getButton(panel, id)?.set({ className: '', label });
  }
  for (const id of spare) Panels.removeButton('options', id);
}
