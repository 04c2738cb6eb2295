import { words, type Line } from '../src/message.ts';
import type { Claimant, NewsEvent } from '../src/model.ts';
import { attributed, voices } from './attribution.ts';
import type { Change, News } from './changes.ts';
import { joined } from './entry.ts';
import type { Teller } from './names.ts';
import { amountsOf } from './sentence.ts';

/** What changed about an event, a line a change: `Now corroborated; was claimed`. */
export function changeLines({ event, changes }: Pick<News, 'event' | 'changes'>, teller: Teller): Line[] {
  return changes.map((change) => {
    if (change.kind === 'claimants') return newVoices(event, change.added, teller);
    if (change.kind === 'denied') return attributed('change.denied', change.by, teller);
    return [words(changeText(change, teller), 'strong')];
  });
}

/** Who speaks of an event for the first time, and how: `Now also according to Ukraine; expected by Japan`. */
function newVoices(event: NewsEvent, added: readonly Claimant[], teller: Teller): Line {
  const ids = new Set(added.map(({ id }) => id));
  const claims = event.claims
    .filter(({ stance }) => stance !== 'denies')
    .map((claim) => ({ ...claim, claimants: claim.claimants.filter(({ id }) => ids.has(id)) }));
  const [before = '', after = ''] = teller.speech.say('change.claimants').split('{said}');
  return [words(before), ...joined(voices(event, claims, teller), teller), words(after)];
}

function changeText(change: Exclude<Change, { kind: 'claimants' | 'denied' }>, teller: Teller): string {
  const { speech } = teller;
  if (change.kind === 'status') return speech.say('change.status', statusWords(change, teller));
  if (change.kind === 'quantities') {
    return speech.say('change.quantities', { amounts: speech.list(amountsOf(change.added, teller)) });
  }
  return speech.say(change.from === undefined ? 'change.dated' : 'change.when', dayWords(change, teller));
}

function statusWords({ from, to }: Extract<Change, { kind: 'status' }>, { speech }: Teller) {
  return { from: speech.say(`status.${from}`), to: speech.say(`status.${to}`) };
}

function dayWords({ from, to }: Extract<Change, { kind: 'when' }>, { speech }: Teller) {
  return { from: from === undefined ? '' : speech.when(from), to: speech.when(to) };
}
