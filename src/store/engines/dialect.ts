import type { Statement } from './sql.ts';

/** The texts that can be searched. Rows are named by the `number` of an item or event. */
export type Index = 'item_words' | 'event_words';

/** Words of one row as the analyser gives them: in order, single blanks between them. */
export interface IndexedWords {
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

/** One thing looked for: any of the spellings, each a run of words that stand side by side. */
export interface Sought {
  readonly spellings: readonly Spelling[];
  /** Only in the title. */
  readonly inTitle?: boolean;
}

export interface Spelling {
  readonly words: readonly string[];
  /** The last word is the beginning of a word. */
  readonly open: boolean;
}

/** What must all be there, and what must not. `wanted` is never empty. */
export interface Sifting {
  readonly wanted: readonly Sought[];
  readonly unwanted: readonly Sought[];
}

/** Words of a table's definition that differ. */
export interface ColumnTypes {
  /** The type of texts, so that both engines sort by code point. */
  readonly text: string;
  /** The type of a primary key of numbers. */
  readonly numberKey: string;
  /** Ends a table that is looked up by its primary key alone. */
  readonly keyed: string;
}

/** What the engines do each in their own way. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  readonly types: ColumnTypes;
  /** Ends a `select` of rows to be claimed, so that two processes never claim the same. */
  readonly skipLocked: Statement;
  /** Makes other processes wait until this transaction, which migrates, has ended. */
  readonly lockMigration: Statement;
  /** Finds one row when the table `schema` is there. */
  readonly schemaTable: Statement;
  /** The tables of the full-text indexes. */
  readonly indexTables: readonly Statement[];
  /** What makes them faster to write and to search. */
  readonly indexTuning: readonly Statement[];
  /** What lets more new items wait before the index takes them in together. */
  readonly indexBuffer: readonly Statement[];
  /** What lets still more wait while the index takes in others beside the storing. */
  readonly indexReserve: readonly Statement[];
  /** How many pieces of an index may stand side by side before they are merged. */
  readonly indexGrowth: readonly Statement[];
  /** The column of an index that holds the number of a row. */
  readonly numberOfIndex: Statement;
  /**
   * Statements that put rows into an index, to be run one after the other with nothing between them; rows of the same
   * number must have been taken out before.
   */
  put(index: Index, words: readonly IndexedWords[]): readonly Statement[];
  remove(index: Index, numbers: readonly number[]): Statement;
  /** A `select number` of the rows that hold what is sought, to be looked up in as a whole. */
  holding(index: Index, sifting: Sifting): Statement;
  /** A `select number, score` of the rows that hold what is sought; a greater score fits better. */
  matching(index: Index, sifting: Sifting): Statement;
  /**
   * A `select number` of the rows that hold what is sought, the greatest numbers first.
   *
   * @param options.bounds - further conditions on the rows, as `found`; each begins with `and`
   */
  newest(
    index: Index,
    sifting: Sifting,
    options: { readonly bounds: readonly Statement[]; readonly most: number },
  ): Statement;
}
