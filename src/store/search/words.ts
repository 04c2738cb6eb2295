import { setImmediate as pause } from 'node:timers/promises';
import { isUnspaced } from './analyse.ts';
import type { Queries } from '../database.ts';
import { bendingLanguages, bendingLanguagesOf, stemsOf, withGlued } from './inflection.ts';
import { makeRemembered, type Remembered } from './remembered.ts';
import { list, rows, sql } from '../engines/sql.ts';

const MOST_ROWS = 300;
/** Texts read without a pause. */
const AT_ONCE = 50;

/** Words of each archive that are known to be written, so that those used all the time are not written again. */
const noted = new WeakMap<object, Remembered>();

/** A text of which the forms of words are noted. */
interface Text {
  readonly language: string;
  /** As an index holds them. */
  readonly words: string;
}

/** A row of noted words. */
export type Form = readonly [stem: string, language: string, word: string];

/** Stores forms, always in the same order, so that two processes never wait for each other. */
export async function insertForms(db: Queries, forms: readonly Form[]): Promise<void> {
  const lines = forms.toSorted((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]));
  for (let start = 0; start < lines.length; start += MOST_ROWS) {
    await db.query(sql`
      insert into word_form (stem, language, word)
      values ${rows(lines.slice(start, start + MOST_ROWS))}
      on conflict do nothing
    `);
  }
}

/** Notes which forms of words occur in texts, so that a search for one finds the others. */
export async function noteForms(db: Queries, texts: readonly Text[]): Promise<void> {
  const known = noted.get(db.archive) ?? makeRemembered();
  noted.set(db.archive, known);
  const fresh = await freshWords(texts, known);
  const lines = [...fresh].flatMap(([language, words]) =>
    [...words].flatMap((word) => stemsOf(word, language).map((stem): Form => [stem, language, word])),
  );
  await insertForms(db, lines);
  // What a transaction wrote counts only once it has ended well.
  db.afterCommit(() => {
    for (const [language, words] of fresh) words.forEach((word) => known.add(language, word));
  });
}

/** Words that can bend and are not known yet, by language. */
async function freshWords(texts: readonly Text[], known: Remembered): Promise<Map<string, Set<string>>> {
  const fresh = new Map<string, Set<string>>();
  for (const [index, { language, words }] of texts.entries()) {
    if ((index + 1) % AT_ONCE === 0) await pause();
    if (!bendingLanguages.includes(language)) continue;
    const found = fresh.get(language) ?? new Set();
    fresh.set(language, found);
    known
      .unknownOf(language, words)
      .filter(canBend)
      .forEach((word) => found.add(word));
  }
  return fresh;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The forms that each word has in the stored texts, whatever the language; the word itself always among them. */
export async function findForms(
  db: Queries,
  words: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const found = new Map(words.map((word) => [word, new Set([word])]));
  const asked = words
    .filter(canBend)
    .flatMap((word) =>
      bendingLanguagesOf(word).flatMap((language) =>
        [word, ...withGlued(word, language)].flatMap((one) =>
          stemsOf(one, language).map((stem) => ({ word, language, stem })),
        ),
      ),
    );
  if (asked.length > 0) {
    const forms = await db.query<{ stem: string; language: string; word: string }>(sql`
      select stem, language, word
      from word_form
      where stem in (${list([...new Set(asked.map(({ stem }) => stem))])})
    `);
    const byStem = Map.groupBy(forms, ({ stem, language }) => `${language} ${stem}`);
    for (const { word, language, stem } of asked) {
      byStem.get(`${language} ${stem}`)?.forEach((form) => found.get(word)?.add(form.word));
    }
  }
  return new Map([...found].map(([word, forms]) => [word, [...forms].toSorted()]));
}

function canBend(word: string): boolean {
  return word.length >= 3 && !/\d/.test(word) && !isUnspaced(word);
}
