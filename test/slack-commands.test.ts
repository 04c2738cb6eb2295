import { existsSync, globSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import type { Form, Request } from '../src/form.ts';
import { makeSigner } from '../src/channels/signer.ts';
import { viewOf } from '../src/channels/slack/answering/forms.ts';
import { COMMAND } from '../src/channels/slack/rendering/text.ts';
import { findSubscription, saveSubscription } from '../src/store/subscriptions.ts';
import { aSubscription } from './builders.ts';
import { archive } from './desk.ts';
import { brokenView, nodesIn } from './doubles/slack/rules.ts';
import { aSeat, leaveSeats, modes } from './doubles/slack/seat.ts';
import { ADMIN, CHANNEL, CREATOR, type Told } from './doubles/slack/state.ts';
import { aTopic } from './topic.ts';

afterEach(leaveSeats);

const forms = commandsFor(aTopic()).map(formOf);
const requests = forms.flatMap((form): { form: Form; request: Request }[] => [
  { form, request: { command: form.name, options: {} } },
  ...form.subcommands.map((sub) => ({
    form: sub,
    request: { command: form.name, subcommand: sub.name, options: {} },
  })),
]);

/** Something that fits each option which has to be said, or is said first. */
const samples: Readonly<Record<string, string>> = {
  id: '2024-01-02-k7',
  event: '2024-01-02-k7',
  into: '2023-12-28-b2',
  when: '2023-12..2024-01',
  text: 'missile',
  format: 'csv',
  time: '09:00',
  window: '1d',
  language: 'fr',
  reason: 'A test',
};

/** Every command, alone and with something said; and what is none. Last the one after which answers come in another language. */
const lines = [
  ...requests
    .filter(({ form }) => form.subcommands.length === 0)
    .flatMap(({ form, request: { command, subcommand } }) => {
      const verb = [command, subcommand].filter((word) => word !== undefined).join(' ');
      const said = form.options.filter(({ name, required }) => required || name in samples);
      return [verb, `${verb} ${said.map(({ name }) => `${name}:${samples[name] ?? 'x'}`).join(' ')}`];
    }),
  'subscribe time:08:00',
  'subscription list',
  'nonsense',
].toSorted((one, other) => Number(one.startsWith('language')) - Number(other.startsWith('language')));

const speakers = [
  ['English', ADMIN],
  ['French', CREATOR],
] as const;

describe.each(modes)('over %s', (mode) => {
  test.each(speakers)(
    'every command in %s, and everything that can be pressed under it, is answered within what Slack takes',
    async (_, user) => {
      const { double, platform, faults } = await aSeat(mode);
      const { answer, db, log } = await archive();
      for (const id of ['one', 'two']) {
        await saveSubscription(db, aSubscription({ id, channel: { platform: 'slack', address: CHANNEL } }));
      }
      await platform.start(forms, answer);
      const shown = () => double.told.length + double.views.length;
      for (const line of lines) {
        const before = double.told.length;
        const all = shown();
        await double.send('slash_commands', { text: line }, user);
        await expect.poll(shown, { interval: 5 }).toBeGreaterThan(all);
        for (const action of pressesIn(double.told.slice(before))) {
          const count = shown();
          await double.send('interactive', { type: 'block_actions', container: {}, actions: [action] }, user);
          await expect.poll(shown, { interval: 5 }).toBeGreaterThan(count);
        }
      }
      expect([faults, log.errors]).toEqual([[], []]);
      await platform.stop();
    },
    60_000,
  );
});

/** What can be pressed under answers: every button of ours, and the first choice of every menu. */
function pressesIn(told: readonly Told[]): object[] {
  return nodesIn(told.map(({ blocks }) => blocks)).flatMap((node) => {
    if (node['type'] === 'button' && node['value'] !== undefined) return [{ ...node }];
    if (node['type'] !== 'static_select') return [];
    return [{ ...node, selected_option: (node['options'] as object[])[0] }];
  });
}

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

test('the button under a subscription opens its settings, and what is changed there holds', async () => {
  const { double, platform } = await aSeat();
  const { answer, db } = await archive();
  await saveSubscription(
    db,
    aSubscription({ id: 'mine', channel: { platform: 'slack', address: CHANNEL }, time: '08:00' }),
  );
  await platform.start(forms, answer);
  await double.send('slash_commands', { text: 'subscription list' }, ADMIN);
  await expect.poll(() => double.told.length).toBe(1);
  const [button] = pressesIn(double.told);
  await double.send('interactive', { type: 'block_actions', container: {}, actions: [button] }, ADMIN);
  await expect.poll(() => double.views.length).toBe(1);
  const view = double.views[0]?.view ?? {};
  const chosen = { value: { type: 'external_select', selected_option: { value: 'mine' } } };
  const values = { id: chosen, time: { value: { type: 'plain_text_input', value: '17:30' } } };
  const filled = { ...view, id: 'V1', state: { values } };
  expect(JSON.stringify(view['blocks'])).toContain(
    '"initial_option":{"text":{"type":"plain_text","text":"mine"',
  );
  await double.send('interactive', { type: 'view_submission', view: filled, response_url: undefined }, ADMIN);
  await expect.poll(async () => (await findSubscription(db, 'mine'))?.time).toBe('17:30');
  await platform.stop();
});

test.each(['subscribe', 'correct retract', 'correct merge', 'why'])(
  'in the form of /%s, what can be completed is looked for while it is typed',
  async (line) => {
    const { double, platform } = await aSeat();
    const { answer } = await archive();
    await platform.start(forms, answer);
    await double.send('slash_commands', { text: line }, ADMIN);
    await expect.poll(() => double.views.length).toBe(1);
    const view = double.views[0]?.view ?? {};
    const blocks = view['blocks'] as { block_id: string; element: { type: string } }[];
    const looked = blocks.filter(({ element }) => element.type === 'external_select');
    expect(looked.length).toBeGreaterThan(0);
    for (const { block_id } of looked) {
      const shown = { ...view, state: { values: {} } };
      const typed = { type: 'block_suggestion', block_id, action_id: 'value', value: '2', view: shown };
      const proposed = (await double.send('interactive', typed, ADMIN)) as { options: object[] };
      expect(proposed.options.length).toBeGreaterThan(0);
      expect(proposed.options.length).toBeLessThanOrEqual(100);
    }
    await platform.stop();
  },
);

test.each(['en', 'fr'])('every form can be shown in %s as a view that Slack takes', (language) => {
  const state = makeSigner('key', 2000);
  for (const { form, request } of requests) {
    const about = state.sign({ effect: 'form', request }) ?? '';
    const view = viewOf(form, request, language, about);
    expect(view === undefined ? [] : brokenView({ ...view })).toEqual([]);
  }
});

const recordings = '../shared/data/chat';

type Recorded = Record<string, unknown>;

describe.runIf(existsSync(recordings)).each(modes)('over %s', (mode) => {
  test('what real people did on Slack, as recorded, is acknowledged and ends nothing', async () => {
    const { double, platform, faults } = await aSeat(mode);
    const { answer } = await archive();
    await platform.start(forms, answer);
    const recorded = globSync(`${recordings}/rec-*slack.json`)
      .flatMap((file) => Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Recorded>))
      .filter((one) => typeof one === 'object')
      .map((one): Recorded =>
        Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'response_url')),
      );
    const commands = recorded.filter(({ command }) => command !== undefined);
    const events = recorded.filter(({ type }) => type === 'event_callback');
    const others = recorded.filter(({ command, type }) => command === undefined && type !== 'event_callback');
    expect(commands.length * events.length * others.length).toBeGreaterThan(0);
    for (const event of events) await double.send('events_api', event);
    const answers = others.map((one) => double.send('interactive', one));
    for (const typed of commands) await double.send('slash_commands', { ...typed, command: COMMAND });
    await expect.poll(() => double.told.length).toBe(commands.length);
    // Views of other apps are nobody's to acknowledge.
    if (mode === 'http') await Promise.allSettled(answers);
    expect(faults).toEqual([]);
    await platform.stop();
  });
});
