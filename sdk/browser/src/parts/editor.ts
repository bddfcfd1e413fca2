import { startEditor } from '../editor/startEditor.ts';
import { offerPart } from '../experiences/parts.ts';

offerPart('editor', { start: startEditor });
