import phrases from './phrases.json' with { type: 'json' };

type Sort = keyof typeof phrases;

/** The phrases of one sort, in every language, as one pattern to be put into others; longest first. */
export function anyOf(sort: Sort): string {
  const alternatives = phrases[sort]
    .toSorted((a, b) => b.length - a.length)
    .map((phrase) => RegExp.escape(phrase).replaceAll("'", "['’]"));
  return `(?:${alternatives.join('|')})`;
}

/** The phrases of one sort as they stand. */
export function setOf(sort: Sort): ReadonlySet<string> {
  return new Set(phrases[sort]);
}
