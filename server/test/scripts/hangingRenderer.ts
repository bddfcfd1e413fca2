import { serveThread } from '../../src/communicate/templates/bulk/serveThread.ts';
import { FieldRenderer } from '../../src/communicate/templates/engine/renderFields.ts';

/** A thread whose engine has a filter that never comes back, as a fault in the engine would be. */
serveThread(
  new FieldRenderer({
    hang: (value) => {
      while (value === 'poison');
      return value;
    },
  }),
);
