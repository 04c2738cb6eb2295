/** One thing to look for: a word, or words side by side. */
export interface Term {
  readonly text: string;
  /** In quotation marks: these words and no other forms of them. */
  readonly exact: boolean;
  /** Ends in a star: the beginning of a word. */
  readonly open: boolean;
}

export const fieldNames = ['actor', 'place', 'weapon', 'kind', 'status', 'source', 'lang', 'when'] as const;
export type FieldName = (typeof fieldNames)[number];

/** A wish of the form `place:Kharkiv`. */
export interface Field {
  readonly name: FieldName;
  readonly value: string;
}

/** What a person asks of a search. */
export interface Query {
  /** All of these must be there, each as any of its terms. */
  readonly wanted: readonly (readonly Term[])[];
  readonly unwanted: readonly Term[];
  readonly fields: readonly Field[];
}

const QUOTES = '"“”„«»「」『』';
const PIECE = new RegExp(
  String.raw`(?<minus>(?<!\S)-)?(?:(?<field>${fieldNames.join('|')}):)?(?:[${QUOTES}](?<phrase>[^${QUOTES}]*)[${QUOTES}]?|(?<word>[^\s${QUOTES}]+))`,
  'giu',
);

/**
 * Reads what a person typed into a search: words, `"phrases"`, `begin*`, `-without`, `this OR that`, `place:Kharkiv`.
 * Never fails: what is none of these is a word.
 */
export function parseQuery(text: string): Query {
  const wanted: Term[][] = [];
  const unwanted: Term[] = [];
  const fields: Field[] = [];
  let isAlternative = false;
  for (const { groups = {} } of text.matchAll(PIECE)) {
    const { minus, field, phrase, word } = groups;
    const last = wanted.at(-1);
    if (word === 'OR' && last !== undefined) {
      isAlternative = true;
    } else if (field !== undefined && minus === undefined) {
      fields.push({ name: field.toLowerCase() as FieldName, value: (phrase ?? word ?? '').trim() });
    } else {
      const term = termOf({ phrase, word, field });
      if (minus !== undefined) unwanted.push(term);
      else if (isAlternative && last !== undefined) last.push(term);
      else wanted.push([term]);
      isAlternative = false;
    }
  }
  return { wanted, unwanted, fields: fields.filter(({ value }) => value !== '') };
}

function termOf(piece: {
  phrase?: string | undefined;
  word?: string | undefined;
  field?: string | undefined;
}): Term {
  const { phrase, word = '', field } = piece;
  if (phrase !== undefined) return { text: phrase, exact: true, open: false };
  const whole = field === undefined ? word : `${field}:${word}`;
  const open = whole.length > 1 && whole.endsWith('*');
  return { text: open ? whole.slice(0, -1) : whole, exact: false, open };
}
