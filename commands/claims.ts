import { z } from 'zod';
import { attributed, claimantsOf, phraseOf } from '../digests/attribution.ts';
import { headOf } from '../digests/entry.ts';
import { amount, daySpan } from '../digests/sentence.ts';
import { aMessage, day, foreign, words, type Entry, type Line } from '../src/message.ts';
import { stances, type Claim, type NewsEvent } from '../src/model.ts';
import { findEvents } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import { completeEvent, completeName, daysAsked, eventsAbout, nameAsked } from './asked.ts';
import type { Command, Context } from './command.ts';
import { pageActions, pageOf, pageOption, shareAction } from './paging.ts';

const PAGE_SIZE = 10;
/** So many events are looked through for what somebody claimed. */
const MOST_EVENTS = 200;

/** `/claims` tells who said what: about one event, or by one claimant. */
export function claims(topic: Topic) {
  const input = z.object({
    who: z.string().optional().describe('Only what this state, body or person says'),
    about: z
      .string()
      .optional()
      .describe('Only what is said about this event, or about those with these words'),
    stance: z.enum(stances).optional().describe('Only claims of this sort, such as denials'),
    when: z.string().optional().describe('Days of the events, such as 2024-01 or 7d'),
    page: pageOption,
  });

  return {
    name: 'claims',
    description: 'Who said what, in the words of the press',
    input,
    labels: { stance: (stance, speech) => speech.say(`stance.${stance}`) },
    completions: { who: completeName('actor'), about: completeEvent },

    async run({ who, about, stance, when, page }, context) {
      const { db, speech, zone, request } = context;
      const actor = nameAsked(who, 'actor', context);
      const claimants = actor === undefined ? undefined : speakersFor(actor, topic);
      const filter = { topic: topic.id, ...daysAsked(when, context), claimants, limit: MOST_EVENTS };
      const found =
        about === undefined ? await findEvents(db, filter) : await eventsAbout(about, filter, context);
      const told = found.flatMap((event) =>
        claimsIn(event, claimants, stance).map((claim) => ({ event, claim })),
      );
      const shown = pageOf(told, page, PAGE_SIZE);
      return aMessage({
        title: [
          words(
            told.length === 0
              ? speech.say('claims.none')
              : speech.say('claims.title', { count: told.length }),
          ),
        ],
        blocks: [
          {
            kind: 'entries',
            entries: shown.things.map(({ event, claim }) => withEvent(claim, event, context)),
          },
        ],
        actions: [...pageActions(shown, request, speech), shareAction(request, speech)],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

/** One claim: who says it and since when, about which day, how much, and the sentence that says it. */
export function claimEntry(claim: Claim, context: Context): Entry {
  const { speech } = context;
  const who = claimantsOf([claim]);
  const said: Line = claim.said === undefined ? [] : [words(' · '), day(speech.when(claim.said))];
  const phrase =
    who.length === 0
      ? [words(speech.say('claims.outlet'))]
      : attributed(phraseOf(claim.stance), who, context);
  const quote: Line =
    claim.sentence === ''
      ? []
      : [
          words('“'),
          foreign(claim.sentence),
          words('” '),
          words(`(${speech.languageName(claim.language)})`, 'quiet'),
        ];
  const amounts = claim.quantities.map((quantity) => amount(quantity, context));
  const figures: Line = amounts.length === 0 ? [] : [words(speech.list(amounts))];
  return {
    line: [...phrase, ...said],
    details: [figures, quote].filter((line) => line.length > 0),
  };
}

/** An actor, and all that speak for it: ministries and ministers for their state. */
function speakersFor(actor: string, topic: Topic): string[] {
  const speakers = new Set([actor]);
  // A set goes on to what is added while it is walked through: a minister of a ministry of a state.
  for (const body of speakers) {
    for (const { id, type, of } of topic.names) if (type === 'actor' && of === body) speakers.add(id);
  }
  return [...speakers];
}

function claimsIn(
  event: NewsEvent,
  claimants: readonly string[] | undefined,
  stance: Claim['stance'] | undefined,
): Claim[] {
  return event.claims.filter(
    (claim) =>
      (stance === undefined || claim.stance === stance) &&
      (claimants === undefined || claim.claimants.some(({ id }) => claimants.includes(id))),
  );
}

function withEvent(claim: Claim, event: NewsEvent, context: Context): Entry {
  const { line, details } = claimEntry(claim, context);
  const about = [daySpan(event, context), words(' · '), headOf(event, context), words(' · ')];
  return { line, details: [...details, [...about, { kind: 'id', text: event.id }]] };
}
