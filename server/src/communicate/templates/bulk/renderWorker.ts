import { FieldRenderer } from '../engine/renderFields.ts';
import { serveThread } from './serveThread.ts';

serveThread(new FieldRenderer());
