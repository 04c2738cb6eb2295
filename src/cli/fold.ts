import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { makeClaimReader } from '../events/claims.ts';
import type { Article } from '../events/fold/article.ts';
import { foldRound } from '../events/fold/fold.ts';
import { makeFolder } from '../events/fold/folder.ts';
import type { Folder } from '../events/fold/folder.ts';
import { cluesOf } from '../events/fold/keys.ts';
import { makeShelf } from '../events/fold/shelf.ts';
import { detectLanguage } from '../language/detect.ts';
import { makeFinder } from '../matches/finder.ts';
import { match, matchedText } from '../matches/match.ts';
import type { Item, NewsEvent } from '../model.ts';
import { loadTopic } from '../topics/topic.ts';
import type { Io } from './io.ts';
import { itemLines } from './item-lines.ts';
import type { ReadItem } from './item-lines.ts';

/** Items that are folded together: inside a round their order does not matter, and those without a date come last. */
const ROUND_ITEMS = 2000;

/** Events that are kept to fold with; the rest is written out, so that memory does not grow with the input. */
const MOST_EVENTS = 5_000;

const TOPIC_FOLDER = join(import.meta.dirname, '../topics/dprk-russia');

/** Moment at which items without a date were seen while no item had one: nothing depends on when the command runs. */
const LONG_AGO = new Date(0);

/**
 * `tumen fold`: the event that each item belongs to, one JSON line an item, in the order of the input. An item is folded
 * whatever `match` makes of it. The shipped history takes part.
 *
 * @param options - `events`: file that gets every event that an item joined or began, as JSON Lines
 */
export async function foldCommand(options: { events?: string }, io: Io): Promise<void> {
  const file = options.events === undefined ? undefined : await open(options.events, 'w');
  try {
    await foldLines(io, file);
  } finally {
    await file?.close();
  }
}

async function foldLines(io: Io, file: FileHandle | undefined): Promise<void> {
  const { articleOf, folder } = makeArticles();
  const { tools, history } = folder;
  const shelf = makeShelf(MOST_EVENTS, tools.weightOf);
  shelf.take({ events: history, merged: [] });
  const touched = new Set<string>();
  const write = async (events: readonly NewsEvent[]) => {
    const lines = events.filter(({ id }) => touched.delete(id)).map((event) => `${JSON.stringify(event)}\n`);
    await file?.write(lines.join(''));
  };
  let count = 0;
  for await (const items of rounds(itemLines(io, LONG_AGO))) {
    const articles = items.map(articleOf);
    const known = shelf.find(articles.map((article) => cluesOf(article, tools.weightOf)));
    const folding = foldRound(articles, known, tools);
    for (const { id } of folding.events) touched.add(id);
    await write(shelf.take(folding));
    for (const { item, main, events } of folding.placements) {
      await io.print(JSON.stringify({ id: item, event: main ?? null, events }));
    }
    io.progress(`${(count += articles.length)} items folded`);
  }
  await write(shelf.all());
}

function makeArticles(): { articleOf: (read: ReadItem) => Article; folder: Folder } {
  const finder = makeFinder(loadTopic(TOPIC_FOLDER));
  const folder = makeFolder(finder.topic, finder);
  const claims = makeClaimReader(finder.topic, finder);
  return {
    folder,
    articleOf: ({ item: given, declaredLanguage }) => {
      const item: Item = { ...given, language: detectLanguage(matchedText(given), declaredLanguage) };
      const found = match(item, finder);
      return folder.signer.articleOf(item, claims.claimsOf(item, found), found);
    },
  };
}

async function* rounds(items: AsyncIterable<ReadItem>): AsyncGenerator<ReadItem[]> {
  let round: ReadItem[] = [];
  let latest = LONG_AGO;
  for await (const read of items) {
    const { published } = read.item;
    if (published !== undefined && published > latest) latest = published;
    round.push(read);
    if (round.length < ROUND_ITEMS) continue;
    yield round.map((each) => seenBy(each, latest));
    round = [];
  }
  if (round.length > 0) yield round.map((each) => seenBy(each, latest));
}

/** An item without a date was seen with the latest of those that came with it. */
function seenBy(read: ReadItem, latest: Date): ReadItem {
  return read.item.published === undefined ? { ...read, item: { ...read.item, seen: latest } } : read;
}
