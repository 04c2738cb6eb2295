import letters from './letters.json' with { type: 'json' };

/** Consonants kept of a word; endings of declension come later than that. */
const LONGEST = 5;
/** Words that keep fewer consonants sound alike by chance. */
const SHORTEST = 3;

/** Ways of writing one sound, longest first. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/tsch|shch|sch|sh|sz|ch|cz|zh|rz|dzh|dj|j(?=[aeiou])|tch/g, 's'],
  [/kh|gh|qu|ck|q|c(?![eiy])/g, 'k'],
  [/ts|tz|dz|c|z/g, 's'],
  [/ph|w|v/g, 'f'],
  [/th/g, 't'],
  [/x/g, 'ks'],
  [/h/g, ''],
  [/[aeiouyj]/g, ''],
  [/(.)\1+/g, '$1'],
];

const latin = new Map(
  Object.entries(letters)
    .filter(([name]) => name !== 'about')
    .flatMap(([, list]) => list.split(' '))
    .map((pair) => [pair.slice(0, 1), pair.slice(2)] as const),
);

/**
 * Reduces a word to the consonants one hears first, so that a name is the same in every language that spells
 * it by sound: Komsomolsk, Комсомольске and Komsomolsku all give `kmsml`.
 *
 * @param word - normalised (see `wordsOf`)
 * @returns 3 to 5 letters, or `undefined` when too little is heard or the script spells by meaning
 */
export function soundOf(word: string): string | undefined {
  let sound = toLatin(word);
  if (!/^[a-z]+$/.test(sound)) return undefined;
  for (const [spelling, letter] of SPELLINGS) sound = sound.replace(spelling, letter);
  return sound.length < SHORTEST ? undefined : sound.slice(0, LONGEST);
}

function toLatin(word: string): string {
  if (/^[a-z]+$/.test(word)) return word;
  let result = '';
  for (const letter of word) result += latin.get(letter) ?? latin.get(asKatakana(letter)) ?? letter;
  return result;
}

function asKatakana(letter: string): string {
  const code = letter.charCodeAt(0);
  return code >= 0x3041 && code <= 0x3096 ? String.fromCharCode(code + 0x60) : letter;
}
