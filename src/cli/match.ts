import { fileURLToPath } from 'node:url';
import { detectLanguage } from '../language/detect.ts';
import { makeFinder } from '../matches/finder.ts';
import { match, matchedText } from '../matches/match.ts';
import { loadTopic } from '../topics/topic.ts';
import type { Io } from './io.ts';
import { itemLines } from './item-lines.ts';

const TOPIC = fileURLToPath(new URL('../topics/dprk-russia', import.meta.url));
/** How often the person is told how far the work is, in items. */
const PROGRESS_EVERY = 1000;
/** Matching asks for no date; items without one are given this. */
const NO_DATE = new Date(0);

/**
 * `tumen match`: items as JSON Lines → one line each: `match` (whether it would be reported), `score`, `zone`,
 * `lang`, `evidence` and `passages`. Offsets are UTF-16 positions in title, line break, text.
 */
export async function matchCommand(io: Io): Promise<void> {
  const finder = makeFinder(loadTopic(TOPIC));
  let count = 0;
  for await (const { id, item, declaredLanguage } of itemLines(io, NO_DATE)) {
    const lang = detectLanguage(matchedText(item), declaredLanguage);
    const { zone, score, evidence, passages } = match({ ...item, language: lang }, finder);
    const pieces = evidence.map(({ term, concept, language, start, end }) => ({
      term,
      concept,
      lang: language,
      start,
      end,
    }));
    await io.print(
      JSON.stringify({ id, match: zone === 'hit', score, zone, lang, evidence: pieces, passages }),
    );
    if (++count % PROGRESS_EVERY === 0) io.progress(`${count} items`);
  }
}
