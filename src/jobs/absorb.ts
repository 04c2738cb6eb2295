import { makeClaimReader } from '../events/claims.ts';
import type { Article, Folding } from '../events/fold/article.ts';
import { foldRound } from '../events/fold/fold.ts';
import { type Folder, makeFolder } from '../events/fold/folder.ts';
import { REACH } from '../events/fold/closest.ts';
import { cluesOf } from '../events/fold/keys.ts';
import { detectLanguage } from '../language/detect.ts';
import { explain, type Explanation } from '../matches/explain.ts';
import { makeFinder } from '../matches/finder.ts';
import { match as matchItem, matchedText, type Matchable } from '../matches/match.ts';
import type { Claim, EventId, Item, ItemId, Match } from '../model.ts';
import { type Corrected, type CorrectionWish, findCorrection, type Undone } from '../store/corrections.ts';
import type { Database, Queries } from '../store/database.ts';
import { addPendingItems, findEventsByClues, findPendingItems, takePendingItems } from '../store/folding.ts';
import { findItems, type NewItem, saveItems } from '../store/items.ts';
import { saveMatches } from '../store/matches.ts';
import { findVerdict, type Verdict } from '../store/verdicts.ts';
import { publishersOf } from '../topics/publishers.ts';
import type { Topic } from '../topics/topic.ts';
import { type Author, giveCorrection } from './corrections.ts';
import { keepMerge } from './event-keeping.ts';
import { keepGrown, storeHistory } from './history.ts';
import { refold, type Refolded, type RefoldProgress } from './refold.ts';
import { withOwnIds } from './naming.ts';
import { undoCorrection } from './undoing.ts';
import { asJudged, giveVerdict, type Opinion, undoVerdict, verdictsOn } from './verdicts.ts';

/** Items folded in one transaction: small enough not to hold up whoever else uses the archive. */
const BATCH = 25;
/** An item of a feed that is older than this when it is first seen is no news. */
const NEWS_MS = 7 * 86_400_000;

/** What became of items that were handed over. */
export interface Received {
  /** Those that were not stored before. */
  readonly stored: readonly ItemId[];
  readonly hits: number;
  readonly related: number;
}

export interface ReceiveOptions {
  /** Whether items about something else are stored too, so that they are known when they come again; they are unless said. */
  readonly keepsMisses?: boolean;
}

/** The way of an item into the archive: its language, its match, what it claims, the events it belongs to. */
export interface Absorber {
  readonly topic: Topic;
  /** Finds out what an item is about, without storing anything. */
  match(item: Item): { readonly item: Item; readonly match: Match };
  /** Tells why a text is about the topic, or is not. */
  explain(item: Matchable): Explanation;
  /** Stores items, and notes those that are about the topic for folding. Call it inside the transaction that brought them. */
  receive(db: Queries, items: readonly NewItem[], options?: ReceiveOptions): Promise<Received>;
  /** Folds all items that are noted, in batches, each in a transaction of its own. Returns the ids of the events that changed. */
  foldPending(db: Queries): Promise<ReadonlySet<EventId>>;
  /** Lets a person's verdict on an article hold, and folds what follows from it. */
  giveVerdict(db: Queries, item: ItemId, opinion: Opinion): Promise<Verdict>;
  /** Corrects an event; what is folded later respects it. */
  giveCorrection(db: Queries, wish: CorrectionWish, author: Author): Promise<Corrected>;
  /** Takes a verdict or a correction back, and folds what follows from that. */
  takeBack(db: Queries, id: string, at: Date): Promise<Undone>;
  /** Makes all events anew from the stored items; see `refold`. */
  refold(db: Database, onProgress: (progress: RefoldProgress) => void): Promise<Refolded | undefined>;
  /** Stores the past events that ship with the topic in all their states, or what has changed of them; what they have grown by is kept. */
  storeHistory(db: Queries, onProgress?: (done: number, total: number) => void): Promise<void>;
}

/** What absorbing takes, made once for a topic. */
interface Tools {
  readonly topic: Topic;
  readonly folder: Folder;
  readonly matched: Absorber['match'];
  readonly explained: Absorber['explain'];
  /** `known` are its claims where its text cannot tell them any more. */
  readonly articleOf: (item: Item, known?: readonly Claim[]) => Article;
}

/** Makes ready to absorb items for a topic. */
export function makeAbsorber(topic: Topic): Absorber {
  const tools = makeTools(topic);
  return {
    topic,
    match: tools.matched,
    explain: tools.explained,
    receive: (db, items, options) =>
      receive(db, items, { ...tools, keepsMisses: options?.keepsMisses ?? true }),
    foldPending: (db) => foldPending(db, tools),
    async giveVerdict(db, item, opinion) {
      const given = await giveVerdict(db, item, opinion, tools);
      await foldPending(db, tools);
      return given;
    },
    giveCorrection: (db, wish, author) => giveCorrection(db, wish, author, tools),
    takeBack: (db, id, at) => takeBack(db, id, at, tools),
    refold: (db, onProgress) => refold(db, tools, onProgress),
    storeHistory: (db, onProgress) => storeHistory(db, tools, onProgress),
  };
}

async function takeBack(db: Queries, id: string, at: Date, tools: Tools): Promise<Undone> {
  const verdict = await findVerdict(db, id);
  if (verdict !== undefined && verdict.undone === undefined) {
    const undone = await undoVerdict(db, verdict, at, tools);
    await foldPending(db, tools);
    return undone;
  }
  const correction = await findCorrection(db, id);
  if (correction === undefined || correction.undone !== undefined) return { kind: 'unknown' };
  return undoCorrection(db, correction, at, tools);
}

function makeTools(topic: Topic): Tools {
  const finder = makeFinder(topic);
  const reader = makeClaimReader(topic, finder);
  const folder = makeFolder(topic, finder);
  const publisherOf = publishersOf(topic.feeds);
  // One house counts as one newsroom, by whichever way its pages come.
  const sourceOf = ({ source, url }: Item) => ({
    ...source,
    family: publisherOf({ outlet: source.name, url })?.family ?? source.family,
  });
  return {
    topic,
    folder,
    matched(item) {
      const language = detectLanguage(matchedText(item), item.language);
      const told = { ...item, language, source: sourceOf(item) };
      return { item: told, match: matchItem(told, finder) };
    },
    explained(item) {
      const language = detectLanguage(matchedText(item), item.language);
      return explain({ ...item, language }, finder);
    },
    articleOf(item, known) {
      const match = asFolded(item, matchItem(item, finder));
      const claims = known ?? reader.claimsOf(item, match);
      return folder.signer.articleOf(item, isStale(item) ? claims.map(asBackground) : claims, match);
    },
  };
}

/** What a feed still lists when we first read it may be old news by then: it is kept, and is not told as new. */
function isStale({ feed, published, seen }: Item): boolean {
  return feed !== undefined && published !== undefined && seen.getTime() - published.getTime() > NEWS_MS;
}

function asBackground(claim: Claim): Claim {
  return { ...claim, role: 'background' };
}

/** What is folded is about the topic; where only a person says so, the whole of it is. */
function asFolded(item: Item, match: Match): Match {
  if (match.zone === 'hit') return match;
  return { ...asJudged(match, 'relevant'), passages: [[0, matchedText(item).length]] };
}

async function receive(
  db: Queries,
  items: readonly NewItem[],
  { topic, matched, keepsMisses }: Tools & { keepsMisses: boolean },
): Promise<Received> {
  const verdicts = await verdictsOn(db, topic.id, items);
  const all = items
    .map((one) => {
      const { item, match } = matched(one.item);
      const verdict = verdicts.get(item.id);
      return { ...one, item, match: verdict === undefined ? match : asJudged(match, verdict.label) };
    })
    .filter(({ match: { zone } }) => keepsMisses || zone !== 'miss');
  const stored = await saveItems(db, all);
  const found = all
    .filter(({ item, match }) => stored.has(item.id) && match.zone !== 'miss')
    .map(({ item, match }) => ({ item: item.id, match }));
  const hits = found.filter(({ match }) => match.zone === 'hit').map(({ item }) => item);
  await saveMatches(db, found);
  await addPendingItems(db, topic.id, hits);
  return { stored: [...stored], hits: hits.length, related: found.length - hits.length };
}

async function foldPending(db: Queries, { topic, folder, articleOf }: Tools): Promise<Set<EventId>> {
  const changed = new Set<EventId>();
  for (;;) {
    const pending = await findPendingItems(db, topic.id, BATCH);
    if (pending.length === 0) return changed;
    const articles = (await findItems(db, pending)).map((item) => articleOf(item));
    const folding = await db.transaction((tx) => foldBatch(tx, articles, folder, topic.id));
    for (const { id } of folding.events) changed.add(id);
  }
}

async function foldBatch(
  tx: Queries,
  given: readonly Article[],
  folder: Folder,
  topic: string,
): Promise<Pick<Folding, 'events'>> {
  const { weightOf } = folder.tools;
  const taken = await takePendingItems(
    tx,
    topic,
    given.map(({ item }) => item.id),
  );
  const articles = given.filter(({ item }) => taken.has(item.id));
  const clues = articles.map((article) => cluesOf(article, weightOf));
  const known = await findEventsByClues(tx, { topic, clues, reach: REACH });
  const folding = await withOwnIds(tx, foldRound(articles, known, folder.tools), known);
  const seen = new Date(Math.max(0, ...articles.map(({ item }) => item.seen.getTime())));
  await keepGrown(tx, folding.events, seen, folder);
  const moments = new Map(folding.events.map(({ id, changed }) => [id, changed]));
  for (const { from, into } of folding.merged) {
    await keepMerge(tx, { from, into, moment: moments.get(into) ?? new Date(0) });
  }
  return folding;
}
