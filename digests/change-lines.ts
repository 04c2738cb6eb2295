import { words, type Line } from '../src/message.ts';
import { attributed } from './attribution.ts';
import type { Change } from './changes.ts';
import type { Teller } from './names.ts';
import { amount } from './sentence.ts';

/** What changed about an event, a line a change: `Now corroborated; was claimed`. */
export function changeLines(changes: readonly Change[], teller: Teller): Line[] {
  return changes.map((change) => changeLine(change, teller));
}

function changeLine(change: Change, teller: Teller): Line {
  if (change.kind === 'claimants') return attributed('change.claimants', change.added, teller);
  if (change.kind === 'denied') return attributed('change.denied', change.by, teller);
  return [words(changeText(change, teller), 'strong')];
}

function changeText(change: Exclude<Change, { kind: 'claimants' | 'denied' }>, teller: Teller): string {
  const { speech } = teller;
  if (change.kind === 'status') return speech.say('change.status', statusWords(change, teller));
  if (change.kind === 'quantities') {
    const amounts = change.added.map((added) => amount(added, teller));
    return speech.say('change.quantities', { amounts: speech.list(amounts) });
  }
  return speech.say(change.from === undefined ? 'change.dated' : 'change.when', dayWords(change, teller));
}

function statusWords({ from, to }: Extract<Change, { kind: 'status' }>, { speech }: Teller) {
  return { from: speech.say(`status.${from}`), to: speech.say(`status.${to}`) };
}

function dayWords({ from, to }: Extract<Change, { kind: 'when' }>, { speech }: Teller) {
  return { from: from === undefined ? '' : speech.when(from), to: speech.when(to) };
}
