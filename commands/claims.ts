import { z } from 'zod';
import { attributed, claimantsOf, phraseOf } from '../digests/attribution.ts';
import { headOf } from '../digests/entry.ts';
import { amount, daySpan } from '../digests/sentence.ts';
import { aMessage, day, foreign, words, type Entry, type Line } from '../src/message.ts';
import type { Claim } from '../src/model.ts';
import {
  claimCompletions,
  claimCursor,
  claimFields,
  claimLabels,
  countInWords,
  findAskedClaims,
  type ToldClaim,
} from './claims-asked.ts';
import type { Command, Context } from './command.ts';
import { afterOption, exportAction, onwardActions, shareAction } from './paging.ts';

const PAGE_SIZE = 10;

const input = z.object({ ...claimFields, after: afterOption });

/** `/claims` tells who said what: about one event, or by one claimant. */
export const claims = {
  name: 'claims',
  description: 'Who said what, in the words of the press',
  input,
  labels: claimLabels,
  completions: claimCompletions,

  async run({ after, ...asked }, context) {
    const { speech, zone, request } = context;
    const { total, found } = await findAskedClaims(asked, { after, limit: PAGE_SIZE + 1 }, context);
    const shown = found.slice(0, PAGE_SIZE);
    const last = found.length > PAGE_SIZE ? shown.at(-1) : undefined;
    return aMessage({
      title: [words(countInWords(total, speech))],
      blocks: [{ kind: 'entries', entries: shown.map((one) => withEvent(one, context)) }],
      footer: [[words(speech.say('zone', { zone }))]],
      actions: [
        ...onwardActions(last && claimCursor(last), context),
        ...(total === 0 ? [] : [exportAction(context), shareAction(request, speech)]),
      ],
      language: speech.language,
      zone,
    });
  },
} satisfies Command<typeof input>;

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

function withEvent({ claim, event }: ToldClaim, context: Context): Entry {
  const { line, details } = claimEntry(claim, context);
  const about = [daySpan(event, context), words(' · '), headOf(event, context), words(' · ')];
  return { line, details: [...details, [...about, { kind: 'id', text: event.id }]] };
}
