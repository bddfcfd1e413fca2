import '../ui/theme/styles.ts';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { createI18n } from '../i18n/i18n.ts';
import { App } from './App.tsx';

// The content security policy forbids compiling code at run time, which zod would otherwise try.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root to draw in.');
const i18n = await createI18n();
createRoot(root).render(<App i18n={i18n} />);
