import { folded, isUnspaced, runsOf, wordsOfRun } from './analyse.ts';
import type { Queries } from '../database.ts';
import type { Sought, Spelling } from '../engines/dialect.ts';
import littleWordsByLanguage from './little-words.json' with { type: 'json' };
import { withoutEndingSetOff } from './inflection.ts';
import type { NameLookup, Named } from './names.ts';
import { parseQuery, type Term } from './query.ts';
import { list, raw, sql, type Statement, type Value } from '../engines/sql.ts';
import { type Stretch, stretchesOf } from './unspaced.ts';
import { findForms } from './words.ts';

/** Words of a query that may together be one name: "the Kim Jong Un of", "Korean People's Army". */
const MOST_WORDS_OF_NAME = 5;

/** Up to so many events are looked at one by one in less time than 20,000 take in order. */
const FEW = 200;

/**
 * Words that say nothing by themselves, as written and without accents; the languages need no telling apart. A word
 * typed with other accents, as "thế" is with other than "the", is not among them.
 */
const littleWords: ReadonlySet<string> = new Set(
  Object.values(littleWordsByLanguage).flatMap((words) =>
    words.split(' ').flatMap((word) => [word, folded(word)]),
  ),
);

/** What a text of a search asks an index for. */
export interface Sifted {
  /** All of these; none when the search is only for what is not there. */
  readonly wanted: readonly Sought[];
  readonly unwanted: readonly Sought[];
  /** True when the search has no word at all that could be found. */
  readonly isEmpty: boolean;
}

/** What an event must fulfil for a part of a search. */
export interface Narrowing {
  readonly conditions: readonly Statement[];
  /** Whether so few events fulfil them that these are better tested one by one than all events in order. */
  readonly areFew: boolean;
}

/** Conditions that hold for the events that a search finds by their words; fields are left to the caller. */
export async function matchingWords(
  db: Queries,
  { text, names }: { text: string; names?: NameLookup | undefined },
): Promise<Narrowing> {
  if (text.trim() === '') return { conditions: [], areFew: false };
  const { wanted, unwanted, isEmpty } = await sift(db, text, names);
  if (isEmpty) return { conditions: [sql`1 = 0`], areFew: true };
  const holding = (sought: readonly Sought[], without: readonly Sought[]) =>
    db.dialect.holding('event_words', { wanted: sought, unwanted: without });
  if (wanted.length === 0)
    return {
      conditions: unwanted.map((sought) => sql`event.number not in (${holding([sought], [])})`),
      areFew: false,
    };
  return narrowing(db, raw('event.number'), holding(wanted, unwanted));
}

/**
 * The condition that a column of events is among what a statement selects.
 *
 * @param among - selects one column of values of that kind
 */
export async function narrowing(db: Queries, column: Statement, among: Statement): Promise<Narrowing> {
  const found = await db.query<Record<string, Value>>(
    sql`select * from (${among}) as among limit ${FEW + 1}`,
  );
  if (found.length === 0) return { conditions: [sql`1 = 0`], areFew: true };
  const areFew = found.length <= FEW;
  const values = areFew ? list(found.flatMap((row) => Object.values(row))) : among;
  return { conditions: [sql`${column} in (${values})`], areFew };
}

/**
 * Reads a search into what an index is asked for: names in all their spellings, words in all their forms, phrases as
 * they stand. Fields are left to the caller.
 */
export async function sift(db: Queries, text: string, names: NameLookup = () => []): Promise<Sifted> {
  const query = parseQuery(text);
  const groups = withoutLittleWords(joinNames(query.wanted, names));
  const forms = await findForms(db, wordsAsked([...groups.flat(), ...query.unwanted], names));
  const reading = { names, forms };
  const wanted = groups
    .map((group) => soughtOf(group, reading))
    .filter(({ spellings }) => spellings.length > 0);
  const unwanted = query.unwanted
    .map((term) => soughtOf([term], reading))
    .filter(({ spellings }) => spellings.length > 0);
  return { wanted, unwanted, isEmpty: wanted.length + unwanted.length + query.fields.length === 0 };
}

/** The word under which the index of events keeps what an event is about, whatever its titles call it. */
export function wordOfEntity(id: string): string {
  // A character for private use: no text has a word that begins with it.
  return `\u{e000}${runsOf(id).join('')}`;
}

interface Reading {
  readonly names: NameLookup;
  readonly forms: ReadonlyMap<string, readonly string[]>;
}

/** Leaves out words such as "the" and "in", which nobody looks for; a search that has only such words keeps them. */
function withoutLittleWords(groups: readonly (readonly Term[])[]): readonly (readonly Term[])[] {
  const telling = groups.filter((group) => !group.every(isLittle));
  return telling.length === 0 ? groups : telling;
}

function isLittle({ text, exact, open }: Term): boolean {
  return (
    !exact &&
    !open &&
    littleWords.has(
      text
        .normalize('NFC')
        .toLowerCase()
        .replace(/^\P{L}+|(?<!\P{L})\P{L}+$/gu, ''),
    )
  );
}

/** Puts words that stand side by side and are one name together into one term. */
function joinNames(groups: readonly (readonly Term[])[], names: NameLookup): (readonly Term[])[] {
  const joined: (readonly Term[])[] = [];
  for (let start = 0; start < groups.length;) {
    const length = nameLength(groups, start, names);
    const terms = groups.slice(start, start + length);
    if (length > 1) joined.push([{ text: textOf(terms.flat()), exact: false, open: false }]);
    else joined.push(...terms);
    start += length;
  }
  return joined;
}

/** How many groups from `start` on are together the longest name; 1 when there is none. */
function nameLength(groups: readonly (readonly Term[])[], start: number, names: NameLookup): number {
  const longest = Math.min(MOST_WORDS_OF_NAME, groups.length - start);
  for (let length = longest; length > 1; length -= 1) {
    const terms = groups.slice(start, start + length);
    if (terms.every(isPlainWord) && names(textOf(terms.flat())).length > 0) return length;
  }
  return 1;
}

function isPlainWord(group: readonly Term[]): boolean {
  return group.length === 1 && group.every(({ exact, open }) => !exact && !open);
}

function textOf(terms: readonly Term[]): string {
  return terms.map(({ text }) => text).join(' ');
}

/** Words whose other forms are to be looked up: the last of each term, and names' spellings of one word. */
function wordsAsked(terms: readonly Term[], names: NameLookup): string[] {
  const texts = terms
    .filter(({ exact, open }) => !exact && !open)
    .map(({ text }) => withoutAttached(text, names));
  const spellings = texts.flatMap((text) => namesIn(text, names)).flatMap((name) => name.spellings);
  const single = spellings.map(runsOf).filter((runs) => runs.length === 1);
  return [...new Set([...texts.map(runsOf), ...single].flatMap((runs) => runs.slice(-1)))];
}

function soughtOf(terms: readonly Term[], reading: Reading): Sought {
  const spellings = terms.flatMap((term) => spellingsOf(term, reading));
  return {
    spellings: [...new Map(spellings.map((one) => [`${one.words.join(' ')} ${one.open}`, one])).values()],
  };
}

function spellingsOf({ text, exact, open }: Term, { names, forms }: Reading): Spelling[] {
  if (exact || open) return phraseOf(runsOf(text), open);
  const plain = withoutAttached(text, names);
  const written = names(plain).length > 0 ? inAllForms(plain, forms) : inAllStretches(plain, forms);
  return [...written, ...namesIn(plain, names).flatMap((name) => spellingsOfName(name, forms))];
}

/** The names that a text is a spelling of, as it is or without what its script glues to its end. */
function namesIn(text: string, names: NameLookup): readonly Named[] {
  const named = names(text);
  if (named.length > 0) return named;
  const { before, stretches } = stretchesIn(text);
  return stretches.flatMap((stretch) => names([...before, stretch.text].join(' ')));
}

function spellingsOfName({ id, spellings }: Named, forms: Reading['forms']): Spelling[] {
  const written = spellings
    .filter(canBeIndexed)
    .flatMap((spelling) =>
      spelling.endsWith('*') ? phraseOf(runsOf(spelling), true) : inAllForms(spelling, forms),
    );
  return [{ words: [wordOfEntity(id)], open: false }, ...written];
}

/** An index knows neither case nor neighbours: in it "=US" would be any "us", and "_北_" a part of any word. */
function canBeIndexed(spelling: string): boolean {
  return !/^=|^_|_$/.test(spelling);
}

/** Of words side by side, such as "sous-marin", the last one bends. */
function inAllForms(text: string, forms: Reading['forms']): Spelling[] {
  const runs = runsOf(text);
  const last = runs.at(-1);
  if (last === undefined) return [];
  const before = runs.slice(0, -1);
  if (isUnspaced(last)) return phraseOf(runs, false);
  return (forms.get(last) ?? [last]).flatMap((form) => phraseOf([...before, form], false));
}

function inAllStretches(text: string, forms: Reading['forms']): Spelling[] {
  const { before, stretches } = stretchesIn(text);
  if (stretches.length === 0) return inAllForms(text, forms);
  return stretches.flatMap(({ text: stretch, isLast = false }) =>
    isLast
      ? [{ words: [...before.flatMap(wordsOfRun), ...wordsOfRun(stretch)], open: false }]
      : phraseOf([...before, stretch], false),
  );
}

/** What may stand for the last run of a text, after the runs before it; nothing for scripts with blanks. */
function stretchesIn(text: string): { before: readonly string[]; stretches: readonly Stretch[] } {
  const runs = runsOf(text);
  const last = runs.at(-1) ?? '';
  return { before: runs.slice(0, -1), stretches: isUnspaced(last) ? stretchesOf(last) : [] };
}

/** Runs side by side, as they stand in an index. */
function phraseOf(runs: readonly string[], open: boolean): Spelling[] {
  const last = runs.at(-1);
  if (last === undefined) return [];
  const before = runs.slice(0, -1).flatMap(wordsOfRun);
  const ending = wordsOfRun(last);
  if (!isUnspaced(last)) return [{ words: [...before, ...ending], open }];
  // The last character of a run is indexed alone only where the run ends; a single one begins any pair.
  return ending.length === 1
    ? [{ words: [...before, ...ending], open: true }]
    : [{ words: [...before, ...ending.slice(0, -1)], open: false }];
}

/** "l'armée" is asked for as "armée", "Moskova'da" as "Moskova"; a name that has such a sign itself stays as it is. */
function withoutAttached(text: string, names: NameLookup): string {
  if (names(text).length > 0) return text;
  return withoutEndingSetOff(text.replace(/^\p{L}{1,2}['’](?=\p{L}{3})/u, ''));
}
