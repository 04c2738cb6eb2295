import { isUnspaced } from './analyse.ts';
import type { Queries } from './database.ts';
import { bendingLanguages, stemOf } from './inflection.ts';
import { list, rows, sql } from './sql.ts';

/** Words remembered as noted, so that a word is written once and not with every article. */
const MOST_REMEMBERED = 60_000;
const MOST_ROWS = 300;

const noted = new WeakMap<object, Set<string>>();

/**
 * Notes which forms of words occur in texts of a language, so that a search for one finds the others.
 *
 * @param words - as an index holds them
 */
export async function noteForms(
  db: Queries,
  texts: readonly { readonly language: string; readonly words: string }[],
): Promise<void> {
  const known = noted.get(db.archive) ?? new Set();
  noted.set(db.archive, known);
  const fresh = new Map<string, readonly [stem: string, language: string, word: string]>();
  for (const { language, words } of texts) {
    if (!bendingLanguages.includes(language)) continue;
    for (const word of words.split(' ')) {
      const name = `${language} ${word}`;
      if (known.has(name) || fresh.has(name) || !canBend(word)) continue;
      fresh.set(name, [stemOf(word, language), language, word]);
    }
  }
  const lines = [...fresh.values()].toSorted((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
  for (let start = 0; start < lines.length; start += MOST_ROWS) {
    await db.query(sql`
      insert into word_form (stem, language, word)
      values ${rows(lines.slice(start, start + MOST_ROWS))}
      on conflict do nothing
    `);
  }
  // What a transaction wrote counts only once it has ended well.
  db.afterCommit(() => {
    if (known.size + fresh.size > MOST_REMEMBERED) known.clear();
    for (const name of fresh.keys()) known.add(name);
  });
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

function canBend(word: string): boolean {
  return word.length >= 3 && !/\d/.test(word) && !isUnspaced(word);
}
