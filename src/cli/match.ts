import { fileURLToPath } from 'node:url';
import { detectLanguage } from '../language/detect.ts';
import { makeFinder } from '../matches/finder.ts';
import type { Finder } from '../matches/finder.ts';
import { match, matchedText } from '../matches/match.ts';
import type { Match } from '../model.ts';
import { loadTopic } from '../topics/topic.ts';
import type { Io } from './io.ts';
import { itemLines } from './item-lines.ts';
import type { ReadItem } from './item-lines.ts';

const SHIPPED = fileURLToPath(new URL('../topics/dprk-russia', import.meta.url));
/** How often the person is told how far the work is, in items. */
const PROGRESS_EVERY = 1000;
/** Matching asks for no date; items without one are given this. */
const NO_DATE = new Date(0);

/**
 * `tumen match`: items as JSON Lines → one line each: `match` (whether it would be reported), `score`, `zone`,
 * `lang`, `evidence` and `passages`. Offsets are UTF-16 positions in title, line break, text.
 *
 * @param folder - the topic to judge by; the shipped one unless given
 */
export async function matchCommand(io: Io, folder: string = SHIPPED): Promise<void> {
  const finder = makeFinder(loadTopic(folder));
  for await (const { id, ...read } of counted(io)) {
    const { lang, zone, score, evidence, passages } = judged(read, finder);
    const pieces = evidence.map(({ language, ...piece }) => ({ ...piece, lang: language }));
    await io.print(
      JSON.stringify({ id, match: zone === 'hit', score, zone, lang, evidence: pieces, passages }),
    );
  }
}

/**
 * `tumen match --compare BEFORE AFTER`: items as JSON Lines → one line for each whose zone the change of the
 * topic alters: `id`, `title`, and zone and score `before` and `after`.
 */
export async function compareCommand(before: string, after: string, io: Io): Promise<void> {
  const [old, changed] = [makeFinder(loadTopic(before)), makeFinder(loadTopic(after))];
  for await (const { id, ...read } of counted(io)) {
    const [was, is] = [judged(read, old), judged(read, changed)];
    if (was.zone === is.zone) continue;
    await io.print(JSON.stringify({ id, title: read.item.title, before: short(was), after: short(is) }));
  }
}

async function* counted(io: Io): AsyncGenerator<ReadItem> {
  let count = 0;
  for await (const item of itemLines(io, NO_DATE)) {
    yield item;
    if (++count % PROGRESS_EVERY === 0) io.progress(`${count} items`);
  }
}

function judged(
  { item, declaredLanguage }: Omit<ReadItem, 'id'>,
  finder: Finder,
): Match & { readonly lang: string } {
  const lang = detectLanguage(matchedText(item), declaredLanguage);
  return { ...match({ ...item, language: lang }, finder), lang };
}

function short({ zone, score }: Match): Pick<Match, 'zone' | 'score'> {
  return { zone, score };
}
