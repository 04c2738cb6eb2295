import type { Claim, Day, NewsEvent, When } from '../../model.ts';
import { daysBetween } from '../../time.ts';
import { overlaps } from '../consensus.ts';
import { eventId } from '../id.ts';
import type { Article, Folding, FoldTools, Placement } from './article.ts';
import { addTo, beginEvent } from './assembly.ts';
import type { Contribution } from './assembly.ts';
import { fittestOf } from './fit.ts';
import { dayOfStory, groupsOf, signatureOfGroup } from './groups.ts';
import type { Group } from './groups.ts';
import { alike, mergeLate, nearUndated, takeUndated } from './joining.ts';
import { cluesOf, startDay } from './keys.ts';
import { holds, makeLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';

/** A side story that is older than this is history, whether the article says so or not. */
const LONGEST_NEWS_DAYS = 14;

/**
 * Decides to which events the items of one round belong, and which events are new. Writes nothing.
 *
 * The items may come in any order: they are folded in the order of their publication, those without a date last.
 *
 * @param known - the events that are found (see `cluesOf`, `eventKeys`) for each of the articles; more do no harm
 */
export function foldRound(
  articles: readonly Article[],
  known: Iterable<NewsEvent>,
  tools: FoldTools,
): Folding {
  const ledger = makeLedger(known, tools);
  const placed = new Map<Article, Placement>();
  for (const article of articles.toSorted(byPublication)) placed.set(article, place(article, ledger, tools));
  return {
    placements: articles.flatMap((article) => {
      const placement = placed.get(article);
      return placement === undefined ? [] : [currentOf(placement, ledger)];
    }),
    events: ledger.changed(),
    merged: ledger.merged(),
  };
}

function place(article: Article, ledger: Ledger, tools: FoldTools): Placement {
  const [lead, ...others] = groupsOf(article.claims, tools.kinds);
  const { main, aside } = placeMain({ article, claims: lead?.claims ?? [], others }, ledger, tools);
  const whole = main && takeUndated(main, article.signature, ledger, tools);
  const events = [whole, ...[...others, ...aside].map((group) => placeOther(article, group, ledger, tools))];
  const ids = new Set(events.flatMap((event) => event?.id ?? []));
  return { item: article.item.id, ...(whole !== undefined && { main: whole.id }), events: [...ids] };
}

/** What an article is mainly about, and its other stories. */
interface Report {
  readonly article: Article;
  readonly claims: readonly Claim[];
  readonly others: readonly Group[];
}

interface Placed {
  readonly main: NewsEvent | undefined;
  /** What the main story tells of other events, such as the strikes that a statement is about. */
  readonly aside: readonly Group[];
}

function placeMain({ article, claims, others }: Report, ledger: Ledger, tools: FoldTools): Placed {
  const { signature } = article;
  const candidates = ledger.find(cluesOf(article, tools.weightOf));
  const near = signature.day === undefined ? nearUndated(signature, ledger, tools) : candidates;
  const open = near.filter((event) => !isOfOthers(event, claims, others, tools));
  const likely = alike(signature, open, article, tools);
  const home = homeOf(article, candidates, ledger) ?? likely[0];
  if (home !== undefined) {
    const aside = claims.map(alone).filter((group) => isAside(group, home, article, { ledger, tools }));
    const moved = new Set(aside.map(({ lead }) => lead));
    const own = claims.filter((claim) => !moved.has(claim));
    const joined = addTo(home, { article, claims: own, signature }, tools);
    ledger.put(joined);
    return { main: mergeLate(joined, likely, ledger, tools), aside };
  }
  if (claims.length > 0 && claims.every(({ role }) => role === 'background'))
    return { main: undefined, aside: [] };
  const day = claims.find(({ when }) => when?.precision === 'day')?.when?.start;
  const contribution = { article, claims, signature };
  const begun = begin(day ?? startDay(article.item.seen, signature), contribution, ledger, tools);
  return { main: begun, aside: [] };
}

/** An event of another day than the main story, known for what another story of the article tells, is that one's. */
function isOfOthers(
  event: NewsEvent,
  claims: readonly Claim[],
  others: readonly Group[],
  tools: FoldTools,
): boolean {
  const days = claims.flatMap(({ when }) => when ?? []);
  const isOtherDay = days.length > 0 && !days.some((day) => isAt(event, day));
  return isOtherDay && others.some((group) => fittestOf(group, [event], tools) !== undefined);
}

function isAside(
  group: Group,
  home: NewsEvent,
  article: Article,
  { ledger, tools }: { ledger: Ledger; tools: FoldTools },
): boolean {
  const { when } = group.lead;
  if (when === undefined || isAt(home, when)) return false;
  const fitting = fittestOf(group, nearGroup(article, group, ledger, tools), tools);
  return fitting !== undefined && fitting.id !== home.id;
}

function isAt(event: NewsEvent, day: When): boolean {
  return event.when === undefined || overlaps(event.when, day);
}

function alone(claim: Claim): Group {
  return { lead: claim, claims: [claim] };
}

/** The events that one story of an article may belong to. */
function nearGroup(article: Article, group: Group, ledger: Ledger, tools: FoldTools): NewsEvent[] {
  const signature = signatureOfGroup(article, group, tools);
  return ledger.find(cluesOf({ ...article, signature, claims: group.claims }, tools.weightOf));
}

/** The event where an article belongs whatever it reads like: a person says so, it is there already, or the event cites its page. */
function homeOf(
  { item, pinned }: Article,
  candidates: readonly NewsEvent[],
  ledger: Ledger,
): NewsEvent | undefined {
  if (pinned !== undefined) return ledger.get(pinned);
  return (
    candidates.find((event) => holds(event, item.id) || holds(event, item.replaces)) ??
    candidates.find(
      ({ citations }) => item.url !== undefined && citations.some(({ url }) => url === item.url),
    )
  );
}

function begin(day: Day, contribution: Contribution, ledger: Ledger, tools: FoldTools): NewsEvent {
  const { article, claims } = contribution;
  const seed = `${article.item.id}/${claims[0]?.id ?? ''}`;
  const event = beginEvent(eventId(day, seed, ledger.isTaken), contribution, tools);
  ledger.put(event);
  return event;
}

/** A side story or history told again joins the event whose facts it tells; only a dated side story makes one. */
function placeOther(article: Article, group: Group, ledger: Ledger, tools: FoldTools): NewsEvent | undefined {
  const signature = signatureOfGroup(article, group, tools);
  const contribution = { article, claims: group.claims, signature };
  const fitting = fittestOf(group, nearGroup(article, group, ledger, tools), tools);
  if (fitting !== undefined) {
    const joined = addTo(fitting, contribution, tools);
    ledger.put(joined);
    return joined;
  }
  const day = newsDayOf(group, article);
  return day === undefined ? undefined : begin(day, contribution, ledger, tools);
}

/** The day of a side story that is news of its own: told as such, and not long before the article was published. */
function newsDayOf({ lead }: Group, { signature: { published } }: Article): Day | undefined {
  const day = dayOfStory(lead);
  const isNews = lead.role === 'news' && lead.stance !== 'expects' && lead.stance !== 'denies';
  if (!isNews || day === undefined || published === undefined) return undefined;
  const age = daysBetween(day, published);
  return age >= 0 && age <= LONGEST_NEWS_DAYS ? day : undefined;
}

function currentOf({ item, main, events }: Placement, ledger: Ledger): Placement {
  return {
    item,
    ...(main !== undefined && { main: ledger.current(main) }),
    events: [...new Set(events.map(ledger.current))],
  };
}

/** In order of publication, then of id; items without a date last, when most is known. */
function byPublication({ item: a }: Article, { item: b }: Article): number {
  const [first, second] = [a, b].map(({ published }) => published?.getTime() ?? Infinity);
  if (first !== second) return (first ?? 0) - (second ?? 0);
  return a.id < b.id ? -1 : 1;
}
