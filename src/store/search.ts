import { isUnspaced, runsOf, wordsOfRun } from './analyse.ts';
import type { Queries } from './database.ts';
import type { Index, Sought, Spelling } from './dialect.ts';
import { sql, type Statement } from './sql.ts';

/** A condition on `number`: rows of an index that hold all words of a text. None when the text has no word. */
export function matchingWords(db: Queries, index: Index, text: string): Statement[] {
  const wanted: Sought[] = runsOf(text).map((run) => ({ spellings: [spellingOf(run)] }));
  if (wanted.length === 0) return [];
  return [
    sql`number in (select number from (${db.dialect.matching(index, { wanted, unwanted: [] })}) as found)`,
  ];
}

/** How a run of the query stands in the index: as it is, or as pairs of characters side by side. */
function spellingOf(run: string): Spelling {
  const words = wordsOfRun(run);
  if (!isUnspaced(run)) return { words, open: false };
  return words.length === 1 ? { words, open: true } : { words: words.slice(0, -1), open: false };
}
