import { AsyncLocalStorage } from 'node:async_hooks';
import type { Archive, Database, Queries } from '../database.ts';
import type { Dialect } from './dialect.ts';
import { raw, type Statement } from './sql.ts';

/** One connection, used by one flow of work at a time. */
export interface Connection {
  query<Row>(statement: Statement): Promise<Row[]>;
}

/** What a database engine brings; the rest is the same for all. */
export interface Engine extends Archive {
  readonly dialect: Dialect;
  /** Runs one statement outside any transaction. */
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Runs one statement that only reads, so that it holds up nothing else. */
  readSlowly<Row>(statement: Statement): Promise<Row[]>;
  /** Gives `work` a connection to itself inside a begun transaction; the transaction ends as `work` does. */
  exclusively<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Gives `work` a connection that sees the archive as it is at one moment, and only reads. */
  snapshot<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Makes the handle that the rest of Tumen uses. */
export function makeHandle(engine: Engine): Database {
  // A statement of the outer handle inside its own transaction would wait for itself for ever on SQLite
  // and be left out of the transaction on PostgreSQL.
  const inside = new AsyncLocalStorage<true>();
  const assertOutside = () => {
    if (inside.getStore() === true) {
      throw new Error('Inside a transaction only the handle that the transaction hands over can be used');
    }
  };

  return {
    dialect: engine.dialect,
    archive: engine,
    async query(statement) {
      assertOutside();
      return engine.query(statement);
    },
    async readSlowly(statement) {
      assertOutside();
      return engine.readSlowly(statement);
    },
    afterCommit: (action) => action(),
    async transaction(work) {
      assertOutside();
      const actions: (() => void)[] = [];
      const result = await engine.exclusively((connection) =>
        inside.run(true, () => work(within({ engine, connection, actions }))),
      );
      actions.forEach((action) => action());
      return result;
    },
    async snapshot(work) {
      assertOutside();
      return engine.snapshot((connection) => work(within({ engine, connection, actions: [] })));
    },
    close: () => engine.close(),
  };
}

/** What the handles of one transaction share. */
interface Transaction {
  readonly engine: Engine;
  readonly connection: Connection;
  /** To be done once it has ended well. */
  readonly actions: (() => void)[];
}

function within(transaction: Transaction, depth = 0): Queries {
  const { engine, connection, actions } = transaction;
  return {
    dialect: engine.dialect,
    archive: engine,
    query: (statement) => connection.query(statement),
    readSlowly: (statement) => connection.query(statement),
    afterCommit: (action) => actions.push(action),
    async transaction(work) {
      const name = `part_${depth}`;
      await connection.query(raw(`savepoint ${name}`));
      const before = actions.length;
      try {
        const result = await work(within(transaction, depth + 1));
        await connection.query(raw(`release savepoint ${name}`));
        return result;
      } catch (error) {
        actions.length = before;
        await connection.query(raw(`rollback to savepoint ${name}`));
        throw error;
      }
    },
  };
}
