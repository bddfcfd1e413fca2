import { type Deps, Fault, type Pg } from '../../platform/index.ts';

/** Commits batches and remembers when it cannot know whether one was committed. */
export interface Committer {
  commit<T>(work: (tx: Pg) => Promise<T>): Promise<T>;
  /** A connection broke, perhaps between a commit and its answer: then a batch is stored that nobody ships. */
  isUncertain(): boolean;
  /** What may have been left behind has been looked after. */
  settled(): void;
}

export function createCommitter({ pg }: Pick<Deps, 'pg'>): Committer {
  let uncertain = false;
  return {
    async commit(work) {
      try {
        return await pg.transaction(work);
      } catch (error) {
        uncertain ||= error instanceof Fault && error.kind === 'unavailable';
        throw error;
      }
    },
    isUncertain: () => uncertain,
    settled() {
      uncertain = false;
    },
  };
}
