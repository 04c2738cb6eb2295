import { afterEach, expect, test } from 'vitest';
import type { Context } from '../commands/command.ts';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import { speechIn } from '../digests/speech.ts';
import type { Platform } from '../src/channels/platform.ts';
import { findSubscriptions } from '../src/store/subscriptions.ts';
import { archive } from './desk.ts';
import { textOf } from './doubles/discord/discord.ts';
import { seatedAtDiscord } from './doubles/discord/seated.ts';
import { aSeat, leaveSeats } from './doubles/slack/seat.ts';
import { CREATOR } from './doubles/slack/state.ts';
import { aTopic } from './topic.ts';

afterEach(leaveSeats);

const forms = commandsFor(aTopic()).map(formOf);
const french = speechIn('fr');
const { refusals = {} } = french.words;

/** An archive that posts to a platform which is there only later. */
async function postingArchive() {
  const place: { platform?: Platform } = {};
  const post: Context['post'] = async (channel, message, posting) => {
    if (place.platform === undefined) throw new Error('no platform');
    await place.platform.post(channel.address, message, posting);
  };
  return { place, ...(await archive(undefined, undefined, post)) };
}

const slips: readonly (readonly [options: Readonly<Record<string, string>>, sentence: string])[] = [
  [{ zone: 'Mars/Olympus' }, french.say('error.zone', { value: 'Mars/Olympus' })],
  [{ time: '25:00' }, french.say('error.time', { value: '25:00' })],
  [{ time: '9am' }, french.say('error.time', { value: '9am' })],
  [{ time: '23:00', quiet: '22:00-07:00' }, french.say('error.allQuiet')],
  [{ kinds: 'casualties' }, french.say('error.nothingFits')],
  [{ thread: 'nonsense' }, french.say('error.thread', { value: 'nonsense' })],
];

test('on Discord a slip gets one sentence in the language of who made it, and nothing is stored', async () => {
  const { answer, db, place } = await postingArchive();
  await seatedAtDiscord(
    async ({ double, platform }) => {
      place.platform = platform;
      const subscribe = async (given: Readonly<Record<string, string>>) => {
        const options = Object.entries(given).map(([name, value]) => ({ name, type: 3, value }));
        const asked = { id: '9', name: 'subscribe', type: 1, options };
        const shown = await double.interact(2, asked, { locale: 'fr' });
        return plain(textOf(shown ?? {}));
      };
      for (const [given, sentence] of slips) expect(await subscribe(given)).toContain(plain(sentence));
      for (const [status, code, reason] of [
        [404, 10_003, 'Discord does not know this channel any more'],
        [403, 50_013, 'Tumen may not write in this channel: give it Send Messages there'],
      ] as const) {
        const body = { code, message: 'No' };
        double.faults.push({ method: 'POST', path: /messages$/, how: { status, body } });
        expect(await subscribe({})).toContain(plain(refusals[reason] ?? reason));
      }
    },
    { forms, answer },
  );
  expect(await findSubscriptions(db)).toEqual([]);
});

test('on Slack likewise', async () => {
  const { answer, db, place } = await postingArchive();
  const { double, platform } = await aSeat();
  place.platform = platform;
  await platform.start(forms, answer);
  const subscribe = async (given: Readonly<Record<string, string>>) => {
    const options = Object.entries(given).map(([name, value]) => `${name}:${value}`);
    const before = double.told.length;
    await double.send('slash_commands', { text: ['subscribe', ...options].join(' ') }, CREATOR);
    await expect.poll(() => double.told.length).toBeGreaterThan(before);
    return double.shown();
  };
  for (const [given, sentence] of slips) expect(await subscribe(given)).toContain(sentence);
  for (const [error, reason] of [
    ['channel_not_found', 'Slack does not know this channel, or Tumen is not in it: invite it there'],
    ['restricted_action', 'Who may post in this Slack channel is restricted, and Tumen may not'],
  ] as const) {
    double.faults.push({ method: 'chat.postMessage', how: { error } });
    expect(await subscribe({ time: '09:00' })).toContain(refusals[reason]);
  }
  expect(await findSubscriptions(db)).toEqual([]);
  await platform.stop();
});

/** A text with blanks of one sort. */
function plain(text: string): string {
  return text.replaceAll(/\s/g, ' ');
}
