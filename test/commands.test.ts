import { expect, test } from 'vitest';
import { commandsFor } from '../commands/index.ts';
import type { Command } from '../commands/command.ts';
import { typedRequest } from '../src/form.ts';
import { onDay, parseDay } from '../src/time.ts';
import { anEvent } from './builders.ts';
import { archive, ask, reader, shown, strike } from './desk.ts';
import { aTopic } from './topic.ts';

test('/events lists what touches the days, the latest first, with who says so and who denies', async () => {
  const text = await ask('/events when:2023-12..2024-01');
  expect(text).toMatch(/^2 events · 1 December 2023\s–\s31 January 2024\n/);
  expect(text.indexOf('2024-01-02-k7')).toBeLessThan(text.indexOf('2023-12-28-b2'));
  expect(text).toContain('2 January 2024 · use · A missile of North Korean make strikes Kharkiv');
  expect(text).toContain('according to Ukraine; denied by the Kremlin');
  expect(text).toContain('4 newsrooms · English · contested · 2024-01-02-k7');
});

test.each([
  ['kind:use', '1 event'],
  ['kind:casualties', 'No events'],
  ['actor:Kremlin', '1 event'],
  ['place:Kharkiv', '1 event'],
  ['weapon:"KN-23 missiles"', '1 event'],
  ['status:contested', '1 event'],
  ['text:above', '1 event'],
  ['when:yesterday', 'No events'],
  ['when:2024-01-03 by:seen', '1 event'],
  ['language:ko', 'No events'],
])('/events %s finds %s', async (options, title) => {
  expect(await ask(`/events ${options}`)).toMatch(new RegExp(`^${title}( ·|\n)`));
});

test('/events counts days where its reader lives', async () => {
  const seen = { zone: 'Asia/Seoul' };
  expect(await ask('/events when:today by:seen', seen, new Date('2024-01-03T16:00:00Z'))).toContain(
    'No events',
  );
  expect(await ask('/events when:today by:seen', seen, new Date('2024-01-03T14:00:00Z'))).toContain(
    '1 event',
  );
});

test('/events pages by the last event of a page, so that new events shift nothing', async () => {
  const many = Array.from({ length: 10 }, (_, index) =>
    anEvent({ id: `2024-02-0${index}-x1` as never, when: onDay(parseDay(`2024-02-1${index}`)) }),
  );
  const { answer, saved } = await archive();
  await saved(many);
  const inChannel = { ...reader, channel: { platform: 'discord', address: '1' } } as const;
  const first = await answer.typed('/events when:2024-02', inChannel);
  const next = first.actions.find((action) => action.kind === 'button' && action.label === 'Next');
  if (next?.kind !== 'button') throw new Error('No button to the next page');
  await saved([anEvent({ when: onDay(parseDay('2024-02-28')) })]);
  const second = shown(await answer.run(next.request, inChannel));
  expect(shown(await answer.typed(typedRequest(next.request), inChannel))).toBe(second);
  expect(second).toContain('2024-02-01-x1');
  expect(second).toContain('2024-02-00-x1');
  expect(second).not.toContain('2024-02-02-x1');
});

test('/event shows day, claims with their sentences, sources and status', async () => {
  const text = await ask('/event 2024-01-02-k7');
  expect(text).toMatch(/Status +contested/);
  expect(text).toMatch(/Places +Kharkiv/);
  expect(text).toContain('“The fragments are those of a KN-23, prosecutors said.” (English)');
  expect(text).toContain('https://lighthouse.example/');
});

test('/event tells an event as it was known at the end of a day', async () => {
  const { answer, saved } = await archive();
  await saved([{ ...strike, status: 'denied', changed: new Date('2024-02-01T00:00:00Z') }]);
  expect(shown(await answer.typed('/event id:2024-01-02-k7', reader))).toMatch(/Status +denied/);
  const then = shown(await answer.typed('/event id:2024-01-02-k7 as-of:2024-01-05', reader));
  expect(then).toMatch(/Status +contested/);
  expect(then).toContain('As it was known on 5 Jan 2024, 23:59');
  expect(shown(await answer.typed('/event id:2024-01-02-k7 as-of:2024-01-01', reader))).toContain(
    "There was no event '2024-01-02-k7' yet at that time.",
  );
});

test('/timeline tells a line an event, the earliest first', async () => {
  const text = await ask('/timeline when:2023..2024');
  expect(text.indexOf('2023-12-28-b2')).toBeLessThan(text.indexOf('2024-01-02-k7'));
});

test('/claims can be narrowed to one voice and one stance', async () => {
  expect(await ask('/claims who:kremlin')).toContain('denied by the Kremlin');
  expect(await ask('/claims stance:denies')).toContain('1 claim');
  expect(await ask('/claims about:2023-12-28-b2')).toContain('at least 20 containers');
});

test('/search finds words, and says so when there are none', async () => {
  expect(await ask('/search above')).toContain('1 event · above');
  expect(await ask('/search nothing-of-the-kind')).toContain('No events · nothing-of-the-kind');
});

test('/digest preview looks back on days, or on what became known since yesterday', async () => {
  expect(await ask('/digest preview window:2024-01')).toContain('What happened\n• 2 January 2024');
  expect(await ask('/digest preview', {}, new Date('2024-01-04T08:00:00Z'))).toContain(
    'New\n• 2 January 2024',
  );
  expect(await ask('/digest preview')).toContain('Nothing new in this period.');
});

test('/sources lists what is read', async () => {
  const text = await ask('/sources list language:ko');
  expect(text).toContain('1 source');
  expect(text).toContain('Deungdae Ilbo · press, South Korea');
});

test.each([
  '/status',
  '/help',
  '/sources health',
  '/why id:2024-01-02-k7',
  '/digest last',
  '/claims',
  '/timeline',
])('%s is answered in French too, with the zone of the reader', async (line) => {
  const { answer, log } = await archive();
  const message = await answer.typed(line, { ...reader, language: 'fr-FR', zone: 'Asia/Tokyo' });
  expect(message).toMatchObject({ language: 'fr', zone: 'Asia/Tokyo' });
  expect(log.errors).toEqual([]);
});

test.each([
  ['/evnets', "There is no command 'evnets'. There are: events, event, timeline"],
  ['/events colour:red', "/events has no option 'colour'; it has when, kind, actor"],
  ['/events when:soon', "'soon' is no time that can be read. Try 2024-01"],
  ['/events actor:nobody', "'nobody' is no state, body or person that is known here."],
  ['/event 2020-01-01-zz', "There is no event '2020-01-01-zz'. Try /search with words of it."],
  ['/event', "'id' is needed."],
  ['/digest', '/digest needs one of: now, preview, last.'],
])('%s gets one clear sentence', async (line, sentence) => {
  const { answer, log } = await archive();
  const message = await answer.typed(line, reader);
  expect(message.tone).toBe('problem');
  expect(shown(message)).toContain(sentence);
  expect(log.errors).toEqual([]);
});

test('a defect is logged once with its cause, and the asker gets an apology without it', async () => {
  const cause = new Error('the floor is wet');
  const broken = { ...(commandsFor(aTopic())[0] as Command), run: () => Promise.reject(cause) };
  const { answer, log } = await archive([broken]);
  const text = shown(await answer.typed('/events', reader));
  expect(text).toContain('Something went wrong here');
  expect(text).not.toContain('floor');
  expect(log.errors).toEqual([expect.objectContaining({ err: cause, command: 'events' })]);
});

test('choices come from what is known, best first, and never fail', async () => {
  const { answer } = await archive();
  const proposed = async (command: string, option: string, typed: string) => {
    const found = await answer.choices({ command, options: { [option]: typed } }, option, reader);
    return found.map(({ value }) => value);
  };
  expect(await proposed('events', 'actor', 'south')).toEqual(['rok']);
  expect(await proposed('events', 'kind', 'cas')).toEqual(['casualties']);
  expect(await proposed('event', 'id', '')).toEqual(['2024-01-02-k7', '2023-12-28-b2']);
  expect(await proposed('event', 'id', '2023-12')).toEqual(['2023-12-28-b2']);
  expect(await proposed('event', 'id', 'kharkiv')).toEqual(['2024-01-02-k7']);
  expect(await proposed('subscribe', 'zone', 'paris')).toEqual(['Europe/Paris']);
  expect(await proposed('subscribe', 'kinds', 'use, tro')).toEqual(['use,troops']);
  expect(await proposed('nonsense', 'id', '')).toEqual([]);
});
