import { z } from 'zod';
import { aMessage, foreign, words, type Block, type Entry, type Line, type Message } from '../src/message.ts';
import type { EventId, Item, NewsEvent } from '../src/model.ts';
import { matchedText } from '../src/matches/match.ts';
import { findEvent } from '../src/store/events.ts';
import { findItems } from '../src/store/items.ts';
import { findMatch } from '../src/store/matches.ts';
import { findVerdictsByKeys, itemKey } from '../src/store/verdicts.ts';
import { completeEvent, eventAsked } from './asked.ts';
import { articleAsked, isAddress } from './asked-article.ts';
import type { Command, Context } from './command.ts';
import { correctionsBlock } from './correct-audit.ts';
import { explanationLines, foundLine, scoreText } from './explanation.ts';
import { pageActions, pageOf, pageOption, shareAction } from './paging.ts';

const PAGE_SIZE = 5;

const input = z.object({
  id: z.string().describe('An event or an article: its id, its address, its title, or any text'),
  page: pageOption,
});

/**
 * `/why` tells why articles count as being about the topic or not: those of an event, one that is stored, or a text that is
 * judged as if it came now.
 */
export const why = {
  name: 'why',
  description: 'Why an article was reported, or not: the words found in it',
  input,
  messageOption: 'id',
  completions: { id: completeEvent },

  async run({ id, page }, context) {
    const asked = id.trim();
    const event = await findEvent(context.db, asked as EventId);
    if (event !== undefined) return aboutEvent(event, page, context);
    const item = await articleAsked(asked, context);
    if (item !== undefined) return aboutItem(item, context);
    if (isAddress(asked)) return aboutUnknown(asked, context);
    if (context.articles !== undefined && !isName(asked)) return aboutText(asked, context);
    return aboutEvent(await eventAsked(asked, context), page, context);
  },
} satisfies Command<typeof input>;

async function aboutEvent(event: NewsEvent, page: number, context: Context): Promise<Message> {
  const { db, speech, zone, request } = context;
  const items = await findItems(
    db,
    event.citations.flatMap(({ item }) => item ?? []),
  );
  const shown = pageOf(items, page, PAGE_SIZE);
  const entries = await Promise.all(shown.things.map((item) => entryFor(item, context)));
  const fromHistory = event.citations.length - items.length;
  return aMessage({
    title: [
      words(speech.say('why.title', { count: items.length })),
      words(' · '),
      { kind: 'id', text: event.id },
    ],
    blocks: [
      { kind: 'entries', entries },
      ...(fromHistory > 0 ? [textBlock(speech.say('why.history', { count: fromHistory }))] : []),
      ...(await correctionsBlock(event, context)),
    ],
    actions: [...pageActions(shown, request, speech), shareAction(request, speech)],
    language: speech.language,
    zone,
  });
}

function aboutUnknown(address: string, context: Context): Message {
  const title = context.speech.say('why.unknown');
  return answered(title, [{ kind: 'text', line: [foreign(address)] }], context);
}

async function aboutItem(item: Item, context: Context): Promise<Message> {
  const { speech } = context;
  const entries = [await entryFor(item, context)];
  const known: Line = [
    words(`${speech.say('why.seen')} `),
    { kind: 'moment', at: item.seen, show: 'both' },
    words(' · '),
    { kind: 'id', text: item.id },
  ];
  return answered(
    speech.say('why.stored'),
    [
      { kind: 'entries', entries },
      { kind: 'text', line: known },
    ],
    context,
  );
}

/** Judges what was typed as an article: its first line is the title. */
function aboutText(asked: string, context: Context): Message {
  const { articles, speech } = context;
  const [title = '', ...text] = asked.split('\n');
  const typed = { title, text: text.join('\n'), language: 'und' };
  const details = articles === undefined ? [] : explanationLines(typed, articles.explain(typed), context);
  return answered(
    speech.say('why.typed'),
    [{ kind: 'entries', entries: [{ line: [foreign(title)], details }] }],
    context,
  );
}

function answered(title: string, blocks: readonly Block[], { speech, zone, request }: Context): Message {
  return aMessage({
    title: [words(title)],
    blocks,
    actions: [shareAction(request, speech)],
    language: speech.language,
    zone,
  });
}

/** Whether what was typed may name an event: an id, the beginning of a day, or one word of it; all else is a text to judge. */
function isName(typed: string): boolean {
  return /^[\w-]*$/.test(typed);
}

async function entryFor(item: Item, context: Context): Promise<Entry> {
  const { articles } = context;
  const label = `${item.title} (${item.source.name}, ${item.language})`;
  const line: Line = item.url === undefined ? [foreign(label)] : [{ kind: 'link', label, url: item.url }];
  const lines =
    articles === undefined
      ? await storedLines(item, context)
      : explanationLines(item, articles.explain(item), context);
  return { line, details: [...(await verdictLines(item, context)), ...lines] };
}

/** What a person said of an article, which holds against its score. */
async function verdictLines({ id }: Item, { db, topic, speech }: Context): Promise<Line[]> {
  const verdicts = await findVerdictsByKeys(db, topic.id, [itemKey(id)]);
  return [...verdicts.values()].map(({ label, by, at, reason, id: verdict }) => [
    words(speech.say(`why.verdict.${label}`)),
    foreign(` ${by}, `),
    { kind: 'moment', at, show: 'both' },
    foreign(` · ${reason} · `),
    { kind: 'id', text: verdict },
  ]);
}

/** What was kept of the judgement that was made when the article came. */
async function storedLines(item: Item, context: Context): Promise<Line[]> {
  const { db, topic, speech } = context;
  const match = await findMatch(db, item.id, topic.id);
  if (match === undefined) return [[words(speech.say('why.noMatch'))]];
  return [[words(scoreText(match, context))], foundLine(match.evidence, matchedText(item), context)];
}

function textBlock(text: string): Block {
  return { kind: 'text', line: [words(text)] };
}
