import { anything, assert, asyncProperty, constantFrom, dictionary, oneof } from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { aNote, aSeat, leaveSeats, modes, silent, type SlackSeat } from './doubles/slack/seat.ts';

afterEach(leaveSeats);

async function answering(mode: (typeof modes)[number]): Promise<SlackSeat> {
  const seat = await aSeat(mode);
  await seat.platform.start([], { ...silent, typed: () => Promise.resolve(aNote('Still here')) });
  return seat;
}

async function isStillHere({ double }: SlackSeat): Promise<boolean> {
  const before = double.told.length;
  await double.send('slash_commands', { text: 'help' });
  await expect.poll(() => double.told.length, { interval: 5 }).toBeGreaterThan(before);
  return true;
}

/** Things that people do, with parts missing, or other than they should be. */
const malformed = [
  ['interactive', { type: 'block_actions' }],
  ['interactive', { type: 'block_actions', actions: [] }],
  ['interactive', { type: 'block_actions', actions: [null] }],
  ['interactive', { type: 'block_actions', actions: [{ type: 'button', action_id: 'press 0', value: 7 }] }],
  ['interactive', { type: 'block_actions', actions: [{ type: 'static_select', action_id: 'choose ' }] }],
  ['interactive', { type: 'block_actions', actions: [{}], user: null, channel: null }],
  ['interactive', { type: 'message_action', callback_id: 'find-event' }],
  ['interactive', { type: 'message_action', callback_id: 'find-event', message: {}, channel: {} }],
  ['interactive', { type: 'view_submission', view: { callback_id: 'tumen-form' } }],
  ['interactive', { type: 'view_submission', view: { callback_id: 'tumen-form', private_metadata: '{' } }],
  ['interactive', { type: 'view_submission', view: { callback_id: 'tumen-form', private_metadata: '{}' } }],
  ['interactive', { type: 'block_suggestion' }],
  ['interactive', { type: 'block_suggestion', view: { private_metadata: '{"state":1}' }, value: null }],
  ['interactive', { type: 'shortcut' }],
  ['interactive', { type: 'nothing that there is' }],
  ['slash_commands', { text: undefined }],
  ['slash_commands', { command: '/other' }],
  ['slash_commands', { text: 'help', user_id: undefined, channel_id: undefined, response_url: undefined }],
  ['events_api', { event: { type: 'app_home_opened' } }],
  ['events_api', { event: { type: 'app_home_opened', tab: 'home', user: null, channel: null } }],
  ['events_api', { event: { type: 'tokens_revoked' } }],
  ['events_api', { event: { type: 'tokens_revoked', tokens: {} } }],
  ['events_api', { event: { type: 'channel_archive' } }],
  ['events_api', { event: {} }],
  ['events_api', { event: null }],
  ['events_api', {}],
] as const;

describe.each(modes)('over %s', (mode) => {
  test('what people do, malformed, ends nothing', async () => {
    const seat = await answering(mode);
    for (const [type, payload] of malformed) {
      void seat.double.send(type, payload);
      expect(await isStillHere(seat)).toBe(true);
    }
    await seat.platform.stop();
  });
});

test.each([
  '',
  'null',
  '[]',
  '{',
  '7',
  '"hello"',
  '{"type":"events_api"}',
  '{"type":"error"}',
  '{"type":"interactive"}',
])('the message %j over the socket ends nothing', async (text) => {
  const seat = await answering('socket');
  seat.double.sendRaw(text);
  expect(await isStillHere(seat)).toBe(true);
  await seat.platform.stop();
});

test('whatever comes over the socket ends nothing', async () => {
  const seat = await answering('socket');
  const types = constantFrom('events_api', 'interactive', 'slash_commands', 'options', 'made up');
  await assert(
    asyncProperty(
      types,
      oneof(
        dictionary(constantFrom('type', 'event', 'view', 'actions', 'command', 'user'), anything()),
        anything(),
      ),
      async (type, payload) => {
        seat.double.sendRaw(JSON.stringify({ envelope_id: 'e', type, payload }));
        await Promise.resolve();
      },
    ),
    { numRuns: 300 },
  );
  expect(await isStillHere(seat)).toBe(true);
  await seat.platform.stop();
});
