import { isUnspaced } from './analyse.ts';
import type { Queries } from '../database.ts';
import { bendingLanguages, stemOf } from './inflection.ts';
import { list, rows, sql } from '../engines/sql.ts';

/** Words of one language remembered as noted, so that a word is written once and not with every article. */
const MOST_REMEMBERED = 40_000;
const MOST_ROWS = 300;

/** Words of an archive that are known to be written, by language. */
type Noted = Map<string, Set<string>>;

const noted = new WeakMap<object, Noted>();

/**
 * Notes which forms of words occur in texts of a language, so that a search for one finds the others.
 *
 * @param texts - their words as an index holds them
 */
export async function noteForms(
  db: Queries,
  texts: readonly { readonly language: string; readonly words: string }[],
): Promise<void> {
  const known = noted.get(db.archive) ?? new Map();
  noted.set(db.archive, known);
  const fresh = freshWords(texts, known);
  const lines = [...fresh].flatMap(([language, words]) =>
    [...words].map((word) => [stemOf(word, language), language, word] as const),
  );
  // Always in the same order, so that two processes never wait for each other.
  lines.sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
  for (let start = 0; start < lines.length; start += MOST_ROWS) {
    await db.query(sql`
      insert into word_form (stem, language, word)
      values ${rows(lines.slice(start, start + MOST_ROWS))}
      on conflict do nothing
    `);
  }
  // What a transaction wrote counts only once it has ended well.
  db.afterCommit(() => remember(known, fresh));
}

function freshWords(texts: readonly { language: string; words: string }[], known: Noted): Noted {
  const fresh: Noted = new Map();
  for (const { language, words } of texts) {
    if (!bendsWords(language)) continue;
    const old = known.get(language) ?? new Set();
    const found = fresh.get(language) ?? new Set();
    fresh.set(language, found);
    for (const word of words.split(' ')) {
      if (!old.has(word) && canBend(word)) found.add(word);
    }
  }
  return fresh;
}

function remember(known: Noted, fresh: Noted): void {
  for (const [language, words] of fresh) {
    const all = known.get(language) ?? new Set();
    if (all.size + words.size > MOST_REMEMBERED) all.clear();
    words.forEach((word) => all.add(word));
    known.set(language, all);
  }
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
      bendingLanguages.map((language) => ({ word, language, stem: stemOf(word, language) })),
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

/** Korean glues particles to words, which its search by characters takes care of. */
function bendsWords(language: string): boolean {
  return language !== 'ko' && bendingLanguages.includes(language);
}

function canBend(word: string): boolean {
  return word.length >= 3 && !/\d/.test(word) && !isUnspaced(word);
}
