import { z } from 'zod';
import { labelIn, nameOf } from '../digests/names.ts';
import { aMessage, foreign, words, type Entry, type Line } from '../src/message.ts';
import type { Evidence, Item, Match } from '../src/model.ts';
import { findItems } from '../src/store/items.ts';
import { findMatch } from '../src/store/matches.ts';
import { completeEvent, eventAsked } from './asked.ts';
import type { Command, Context } from './command.ts';
import { pageActions, pageOf, pageOption, shareAction } from './paging.ts';

const PAGE_SIZE = 5;
const MOST_TERMS = 12;

const input = z.object({
  id: z.string().describe('The event: its id, or words of it'),
  page: pageOption,
});

/** `/why` tells why articles count as being about the topic: the terms that were found in them, and how strongly they count. */
export const why = {
  name: 'why',
  description: 'Why the articles of an event were taken: the words found in them',
  input,
  completions: { id: completeEvent },

  async run({ id, page }, context) {
    const { db, speech, zone, request } = context;
    const event = await eventAsked(id, context);
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
        ...(fromHistory > 0
          ? [{ kind: 'text', line: [words(speech.say('why.history', { count: fromHistory }))] } as const]
          : []),
      ],
      actions: [...pageActions(shown, request, speech), shareAction(request, speech)],
      language: speech.language,
      zone,
    });
  },
} satisfies Command<typeof input>;

async function entryFor(item: Item, context: Context): Promise<Entry> {
  const { db, speech, topic } = context;
  const match = await findMatch(db, item.id, topic.id);
  const label = `${item.title} (${item.source.name}, ${item.language})`;
  const line: Line = item.url === undefined ? [foreign(label)] : [{ kind: 'link', label, url: item.url }];
  if (match === undefined) return { line, details: [[words(speech.say('why.noMatch'))]] };
  return { line, details: [[words(scoreOf(match, context))], termsOf(match.evidence, context)] };
}

function scoreOf({ score, zone }: Match, { speech }: Context): string {
  return speech.say('why.score', {
    score: speech.number(Math.round(score * 100) / 100),
    zone: speech.say(`zone.${zone}`),
  });
}

/** The terms that were found, each once, with what they stand for. */
function termsOf(evidence: readonly Evidence[], context: Context): Line {
  const { speech, topic } = context;
  const terms = [...new Map(evidence.map((found) => [found.term, found])).values()];
  const spans = terms.slice(0, MOST_TERMS).flatMap(({ term, concept }, index): Line => {
    const known = topic.concepts.find(({ id }) => id === concept);
    const meaning =
      known === undefined ? (nameOf(concept, context) ?? concept) : labelIn(known, speech.language);
    return [words(index === 0 ? '' : ', '), foreign(term), words(` (${meaning})`, 'quiet')];
  });
  const others = terms.length - MOST_TERMS;
  return others > 0 ? [...spans, words(` ${speech.say('others', { count: others })}`)] : spans;
}
