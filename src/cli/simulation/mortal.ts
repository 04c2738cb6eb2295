import type { Database, Queries } from '../../store/database.ts';

/** A process that can die: from then on nothing that it does has any effect, and nothing it waits for comes. */
export interface Mortal {
  /** The archive as this process reaches it. */
  readonly db: Database;
  /** A step of its own, outside the archive: carried out or not, if it is the last. */
  readonly step: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when it dies. */
  readonly death: Promise<'dead'>;
}

class Died extends Error {
  override readonly name = 'Died';
}

const never = new Promise<never>(() => undefined);

/**
 * Makes a process that dies at one of its steps: a statement of the archive, or something it does outside. An even step is
 * still carried out, an odd one is not; what is under way in a transaction is undone, as a database does when a process dies.
 *
 * @param steps - how many it has; infinitely many for one that lives on
 */
export function makeMortal(db: Database, steps: number): Mortal {
  const { promise: death, resolve: die } = Promise.withResolvers<'dead'>();
  let left = steps;
  let isDead = false;
  const isLast = () => {
    if (isDead) return true;
    left -= 1;
    return left <= 0;
  };
  const end = (): Promise<never> => {
    isDead = true;
    die('dead');
    return never;
  };
  const step = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isDead) return never;
    if (!isLast()) return work();
    if (steps % 2 === 0) await work();
    return end();
  };
  return {
    death,
    step,
    db: {
      dialect: db.dialect,
      archive: db.archive,
      query: (statement) => step(() => db.query(statement)),
      readSlowly: (statement) => step(() => db.readSlowly(statement)),
      afterCommit: (action) => db.afterCommit(action),
      async transaction(work) {
        if (isDead) return never;
        try {
          return await db.transaction((tx) => work(within(tx, isLast)));
        } catch (error) {
          if (!(error instanceof Died)) throw error;
          return end();
        }
      },
      snapshot: (work) => db.snapshot(work),
      close: () => db.close(),
    },
  };
}

/** A transaction of a process that may die in it. */
function within(tx: Queries, isLast: () => boolean): Queries {
  return {
    dialect: tx.dialect,
    archive: tx.archive,
    query: async (statement) => {
      if (isLast()) throw new Died();
      return tx.query(statement);
    },
    readSlowly: (statement) => tx.readSlowly(statement),
    afterCommit: (action) => tx.afterCommit(action),
    transaction: (work) => tx.transaction((inner) => work(within(inner, isLast))),
  };
}
