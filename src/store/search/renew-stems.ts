import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import type { Queries } from '../database.ts';
import { rows, sql } from '../engines/sql.ts';
import { findSetting, saveSetting } from '../settings.ts';
import data from './endings.json' with { type: 'json' };
import { stemsOf } from './inflection.ts';
import { type Form, insertForms } from './words.ts';

/** To be raised when the same endings lead to other stems. */
const RULES = 1;
const VERSION = `${RULES}-${createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16)}`;
const SETTING = 'stems of words';
/** Words whose stems are written in one transaction. */
const AT_ONCE = 500;

/** How far the noted words have the stems of this version. */
interface Progress {
  readonly version: string;
  /** The last one that was read; absent when all were. */
  readonly after?: Form;
}

/**
 * Gives the noted words the stems that they have today, where an earlier Tumen noted them under others. It goes on
 * where it, or another process, ended; until all are done, a search may miss other forms of a word.
 *
 * @param most - words to read at most, by the 500
 * @returns how many were read; fewer than `most` once all are done, 0 from then on
 */
export async function renewStems(db: Queries, most: number): Promise<number> {
  const found = await findSetting<Progress>(db, SETTING);
  let after = found?.version === VERSION ? found.after : (['', '', ''] as const);
  let read = 0;
  while (after !== undefined && read < most) {
    const part = await db.transaction((tx) => renewPart(tx, after ?? ['', '', '']));
    after = part.after;
    read += part.read;
    await pause();
  }
  return read;
}

/** Renews the words that come after one, and tells the last of them; none when there are no more. */
async function renewPart(tx: Queries, past: Form): Promise<{ read: number; after?: Form }> {
  const found = await tx.query<{ stem: string; language: string; word: string }>(sql`
    select stem, language, word
    from word_form
    where (stem, language, word) > (${past[0]}, ${past[1]}, ${past[2]})
    order by stem, language, word
    limit ${AT_ONCE}
  `);
  const forms = found.map((row): Form => [row.stem, row.language, row.word]);
  const stems = forms.map((form) => new Set(stemsOf(form[2], form[1])));
  const gone = forms.filter(([old], index) => stems[index]?.has(old) === false);
  const fresh = forms.flatMap(([, language, word], index) =>
    [...(stems[index] ?? [])].map((stem): Form => [stem, language, word]),
  );
  await insertForms(tx, fresh);
  if (gone.length > 0) {
    await tx.query(sql`delete from word_form where (stem, language, word) in (values ${rows(gone)})`);
  }
  const last = forms.length < AT_ONCE ? undefined : forms.at(-1);
  const after = last === undefined ? {} : { after: last };
  await saveSetting(tx, SETTING, { version: VERSION, ...after } satisfies Progress);
  return { read: forms.length, ...after };
}
