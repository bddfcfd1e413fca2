import { writeGroup } from '../src/collect/index.ts';
import { createCaptureDesk } from '../src/communicate/index.ts';
import { type Captures, createCapture } from '../src/experience/capture/createCapture.ts';
import type { TestDeps } from './stores.ts';

/** Forms, wheels and surveys over a test's stores. `ring`: what works off the inbox has something to do. */
export const createTestCaptures = (stores: TestDeps, ring: () => void = () => undefined): Captures =>
  createCapture({
    ...stores,
    desk: createCaptureDesk('https://shop.example', Buffer.alloc(32, 9)),
    inbox: {
      async append(entry) {
        await writeGroup(stores.pg, [entry]);
        ring();
      },
    },
  });
