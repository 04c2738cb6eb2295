/** One look at what is due in a process of its own, which kills itself at a point of publishing: an `Errand` as JSON. */
import type { Platform } from '../../src/channels/platform.ts';
import { publishDue } from '../../src/jobs/publish.ts';
import { type Database, type Location, openDatabase, type Queries } from '../../src/store/database.ts';
import { textOf, type Statement } from '../../src/store/engines/sql.ts';
import { aTopic } from '../topic.ts';
import { platformAt, type Side } from './sides.ts';

/** What the process is to do, and where it dies. */
export interface Errand {
  readonly location: Location;
  readonly side: Side;
  readonly api: string;
  /** What time it is, in epoch milliseconds. */
  readonly at: number;
  /** A statement that holds this text, or a call of the platform; it lives on without one. */
  readonly statement?: string;
  readonly call?: 'post' | 'edit' | 'find';
  readonly when: 'before' | 'after';
}

const errand = JSON.parse(process.argv[2] ?? '{}') as Errand;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('Killed');
}

async function watched<Result>(isHere: boolean, work: () => Promise<Result>): Promise<Result> {
  if (isHere && errand.when === 'before') die();
  const result = await work();
  if (isHere) die();
  return result;
}

function isPoint(statement: Statement): boolean {
  const text = textOf(statement, () => '?').replaceAll(/\s+/g, ' ');
  return errand.statement !== undefined && text.includes(errand.statement);
}

function watchedQueries(db: Queries): Queries {
  return {
    dialect: db.dialect,
    archive: db.archive,
    query: (statement) => watched(isPoint(statement), () => db.query(statement)),
    readSlowly: (statement) => db.readSlowly(statement),
    afterCommit: (action) => db.afterCommit(action),
    transaction: (work) => db.transaction((tx) => work(watchedQueries(tx))),
  };
}

function watchedPlatform(platform: Platform): Platform {
  return {
    ...platform,
    post: (...asked) => watched(errand.call === 'post', () => platform.post(...asked)),
    edit: (...asked) => watched(errand.call === 'edit', () => platform.edit(...asked)),
    find: (...asked) => watched(errand.call === 'find', () => platform.find(...asked)),
  };
}

const opened = await openDatabase(errand.location);
const db: Database = {
  ...watchedQueries(opened),
  snapshot: (work) => opened.snapshot(work),
  close: () => opened.close(),
};
const platform = await platformAt(errand.side, errand.api, opened);
await publishDue({
  db,
  topic: aTopic(),
  platforms: [watchedPlatform(platform)],
  clock: () => new Date(errand.at),
  log: { debug() {}, info() {}, warn() {}, error() {} },
});
await platform.stop();
await opened.close();
