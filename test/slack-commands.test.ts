import { existsSync, globSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import { makeSigner } from '../src/channels/signer.ts';
import { viewOf } from '../src/channels/slack/answering/forms.ts';
import { COMMAND } from '../src/channels/slack/rendering/text.ts';
import { archive } from './desk.ts';
import { brokenView, nodesIn } from './doubles/slack/rules.ts';
import { aSeat, leaveSeats } from './doubles/slack/seat.ts';
import { ADMIN } from './doubles/slack/state.ts';
import { aTopic } from './topic.ts';

afterEach(leaveSeats);

const forms = commandsFor(aTopic()).map(formOf);
const requests = forms.flatMap((form) => [
  { form, request: { command: form.name, options: {} } },
  ...form.subcommands.map((sub) => ({
    form: sub,
    request: { command: form.name, subcommand: sub.name, options: {} },
  })),
]);

const lines = [
  'help',
  'events when:2023-12..2024-01',
  'event 2024-01-02-k7',
  'timeline when:2024',
  'claims when:2024',
  'search text:missile',
  'digest preview window:1d',
  'subscribe time:08:00',
  'subscription list',
  'sources list',
  'export format:csv when:2024',
  'status',
  'nonsense',
];

test.each(lines)('%s and every button under it are answered within what Slack takes', async (line) => {
  const { double, platform, faults } = await aSeat();
  const { answer } = await archive();
  await platform.start(forms, answer);
  await double.send('slash_commands', { text: line }, ADMIN);
  await expect.poll(() => double.told.length).toBeGreaterThan(0);
  const buttons = nodesIn(double.told.map(({ blocks }) => blocks)).filter(({ value }) => value !== undefined);
  for (const button of buttons.filter(({ type }) => type === 'button')) {
    const before = double.told.length + double.views.length;
    await double.send(
      'interactive',
      { type: 'block_actions', container: {}, actions: [{ ...button }] },
      ADMIN,
    );
    await expect.poll(() => double.told.length + double.views.length).toBeGreaterThan(before);
  }
  expect(faults).toEqual([]);
  await platform.stop();
});

test.each([
  ['subscribe', '/tumen subscribe'],
  ['event', '/tumen event'],
])('%s without anything opens its form', async (line, title) => {
  const { double, platform } = await aSeat();
  const { answer } = await archive();
  await platform.start(forms, answer);
  await double.send('slash_commands', { text: line }, ADMIN);
  await expect.poll(() => double.views).toMatchObject([{ view: { title: { text: title } } }]);
  expect(double.told).toEqual([]);
  await platform.stop();
});

test.each(['en', 'fr'])('every form can be shown in %s as a view that Slack takes', (language) => {
  const state = makeSigner('key', 2000);
  for (const { form, request } of requests) {
    const about = state.sign({ effect: 'form', request }) ?? '';
    const view = viewOf(form, request, language, about);
    expect(view === undefined ? [] : brokenView({ ...view })).toEqual([]);
  }
});

const recordings = '../shared/data/chat';

test.runIf(existsSync(recordings))(
  'what real people did on Slack, as recorded, is acknowledged and ends nothing',
  async () => {
    const { double, platform, faults } = await aSeat();
    const { answer } = await archive();
    await platform.start(forms, answer);
    const recorded = globSync(`${recordings}/rec-*slack.json`).flatMap((file) =>
      Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>),
    );
    const presses = recorded.filter(({ type }) => type === 'block_actions');
    const commands = recorded.filter(({ command }) => command !== undefined);
    expect(presses.length * commands.length).toBeGreaterThan(0);
    for (const { response_url: _, ...press } of presses) await double.send('interactive', press);
    for (const { response_url: _, ...typed } of commands) {
      await double.send('slash_commands', { ...typed, command: COMMAND });
    }
    await expect.poll(() => double.told.length).toBe(commands.length);
    expect(faults).toEqual([]);
    await platform.stop();
  },
);
