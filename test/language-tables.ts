import { fileURLToPath } from 'node:url';

/** eld's tables as its package holds them: how much each run of letters speaks for each language, by number. */
interface Tables {
  readonly type: string;
  readonly languages: Readonly<Record<string, string>>;
  readonly ngrams: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Languages that wording has to tell apart; the others are told by their script or letters. */
const LANGUAGES = 'bg cs da de el en es fi fr hr hu it nl no pl pt ro ru sr sv tr uk vi'.split(' ');

const SOURCE =
  'eld 2.1.0 by Nito T.M. (https://github.com/nitotm/efficient-language-detector-js), its table "extrasmall" for these languages alone; Apache License 2.0';

/** What src/language/tables.json holds; `node test/language-tables.ts > src/language/tables.json` writes it. */
export async function languageTables(): Promise<Tables & { readonly source: string }> {
  const { ngramsData } = (await import(
    new URL('../ngrams/extrasmall.js', import.meta.resolve('eld')).href
  )) as { ngramsData: Tables };
  const kept = Object.entries(ngramsData.languages).filter(([, code]) => LANGUAGES.includes(code));
  const numbers = new Map(kept.map(([number], place) => [number, place]));
  const ngrams = Object.entries(ngramsData.ngrams).flatMap(([ngram, scores]) => {
    const own = Object.entries(scores).flatMap(([number, score]) => {
      const place = numbers.get(number);
      return place === undefined ? [] : [[place, score] as const];
    });
    return own.length === 0 ? [] : [[ngram, Object.fromEntries(own)] as const];
  });
  return {
    source: SOURCE,
    type: `XS${kept.length}`,
    languages: Object.fromEntries(kept.map(([, code], place) => [place, code])),
    ngrams: Object.fromEntries(ngrams),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await languageTables())}\n`);
}
