import type { Check } from '../../check.ts';
import { StoreError } from '../../errors.ts';
import type { Database } from '../../store/database.ts';
import { versionOf } from '../../store/migrate.ts';
import { migrations } from '../../store/schema.ts';
import { findSetting, saveSetting } from '../../store/settings.ts';
import { findDamage } from '../../store/upkeep/damage.ts';

const area = 'archive';
const RESTORE = 'restore a backup (tumen restore), or see docs/archive.md';

/** What an operator is told when the archive cannot even be opened. */
export function closedCheck(error: StoreError): Check {
  return broken('open', error.message, adviceFor(error));
}

/** Looks at the archive: its tables, whether it can be written, and whether all of it can be read. */
export async function* examineArchive(db: Database): AsyncGenerator<Check> {
  yield sound('open', `kept in ${db.dialect.name === 'sqlite' ? 'a file (SQLite)' : 'PostgreSQL'}`);
  yield await attempted('tables', () => tablesCheck(db));
  yield await attempted('writing', () => writingCheck(db));
  yield await attempted('contents', () => contentsCheck(db));
}

async function tablesCheck(db: Database): Promise<Check> {
  const version = await versionOf(db);
  const finding = `at step ${version} of ${migrations.length}`;
  return version === migrations.length
    ? sound('tables', finding)
    : broken('tables', finding, 'start Tumen once: it brings them up to date');
}

/** Thrown to take a trial back, so that it leaves nothing behind. */
class TakenBack extends Error {}

async function writingCheck(db: Database): Promise<Check> {
  const key = 'doctor';
  let isRead = false;
  await db
    .transaction(async (tx) => {
      await saveSetting(tx, key, true);
      isRead = (await findSetting<boolean>(tx, key)) === true;
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return isRead
    ? sound('writing', 'what is written can be read')
    : broken('writing', 'what is written cannot be read', RESTORE);
}

async function contentsCheck(db: Database): Promise<Check> {
  const damage = await findDamage(db);
  return damage.length === 0
    ? sound('contents', 'all of it can be read')
    : broken('contents', damage.join(' '), RESTORE);
}

async function attempted(what: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return broken(what, error.message, adviceFor(error));
  }
}

const advices: Readonly<Record<StoreError['reason'], string>> = {
  busy: 'try again; something holds the archive for long',
  lost: 'try again; the connection to the database broke',
  full: 'make room on the disk',
  'read-only': 'let the user that runs Tumen write to DATA_DIRECTORY',
  newer: 'update Tumen, or point it to another archive',
  damaged: RESTORE,
  'in-use': 'stop what uses the archive',
  unreachable: 'see whether DATABASE_URL is right and the server runs',
};

function adviceFor({ reason }: StoreError): string {
  return advices[reason];
}

function sound(what: string, finding: string): Check {
  return { area, what, state: 'sound', finding };
}

function broken(what: string, finding: string, advice: string): Check {
  return { area, what, state: 'broken', finding, advice };
}
