import { expect, test } from 'vitest';
import { alertOf, followUpOf, isAlert } from '../digests/alert.ts';
import { newsIn } from '../digests/changes.ts';
import { speechIn } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import type { Message } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import { aClaim, aClaimant, anEvent } from './builders.ts';
import { aTopic } from './topic.ts';

const teller = { speech: speechIn('en'), topic: aTopic() };

test.each<[string, Partial<NewsEvent>, boolean]>([
  ['a corroborated transfer', { status: 'corroborated', newsrooms: 3 }, true],
  ['a confirmed transfer', { status: 'confirmed', newsrooms: 2 }, true],
  ['what one newsroom claims', { status: 'claimed', newsrooms: 1 }, false],
  ['a statement, however widely carried', { kind: 'statement', newsrooms: 40 }, false],
])('%s: worth an alert or not', (_, given, isWorth) => {
  const [news] = newsIn([anEvent(given)], new Map(), {});
  expect(news !== undefined && isAlert(news, teller.topic)).toBe(isWorth);
});

test('an alert tells the event; one that was taken back is struck through and says so', () => {
  const event = anEvent({ titles: { en: 'A ship docks' } });
  expect(shown(alertOf([{ event }], teller, 'UTC'))).toContain('according to South Korea');
  const retracted = alertOf([{ event: { ...event, status: 'retracted' } }], teller, 'UTC');
  expect(shown(retracted)).toContain('Taken back by those who said it');
  expect(retracted.title).toEqual([{ kind: 'foreign', text: 'A ship docks', manner: 'struck' }]);
});

test('the thread under an alert gets what changed, and nothing where nothing did', () => {
  const before = anEvent();
  const denial = aClaim({ stance: 'denies', claimants: [aClaimant({ id: 'kremlin', name: 'Kremlin' })] });
  const now = { ...before, status: 'contested' as const, claims: [...before.claims, denial] };
  const told = new Map([[before.id, before]]);
  const [news] = newsIn([now], told, {});
  if (news === undefined) throw new Error('No news of a denial');
  expect(shown(followUpOf(news, teller, { zone: 'UTC' }))).toMatch(
    /^Now contested; was claimed\n.*\nNow denied by the Kremlin/,
  );
  expect(newsIn([before], told, {})).toEqual([]);
});

function shown(message: Message): string {
  return renderTerminal(message, { width: 200, colour: false });
}
