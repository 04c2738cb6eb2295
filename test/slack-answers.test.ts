import { afterEach, expect, test } from 'vitest';
import type { Asker, Form, FormOption, Request } from '../src/form.ts';
import type { Action } from '../src/message.ts';
import { nodesIn } from './doubles/slack/rules.ts';
import { aNote, aSeat, leaveSeats, modes, silent } from './doubles/slack/seat.ts';
import type { SlackDouble } from './doubles/slack/slack.ts';
import { ADMIN, CHANNEL, CREATOR, MEMBER, PRIVATE_CHANNEL, STRANGER } from './doubles/slack/state.ts';

afterEach(leaveSeats);

test('a look-up is acknowledged at once and answered to the asker alone, in their language and zone', async () => {
  const { double, platform } = await aSeat();
  const askers: Asker[] = [];
  await platform.start([aForm('events')], {
    ...silent,
    typed: (_, asker) => (askers.push(asker), Promise.resolve(aNote('Nothing'))),
  });
  await double.send('slash_commands', { text: 'events when:2024' });
  await expect
    .poll(() => double.told)
    .toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
  expect(askers).toMatchObject([{ id: MEMBER, language: 'fr-FR', zone: 'Europe/Paris', manages: false }]);
  await platform.stop();
});

test.each(modes)('over %s what takes long is acknowledged before it is answered', async (mode) => {
  const { double, platform } = await aSeat(mode);
  const acknowledged = Promise.withResolvers<void>();
  const typed = async () => {
    await acknowledged.promise;
    double.pass(60_000);
    return aNote('At last');
  };
  await platform.start([aForm('events')], { ...silent, typed });
  await double.send('slash_commands', { text: 'events when:2024' });
  acknowledged.resolve();
  await expect.poll(() => double.shown()).toContain('At last');
  await platform.stop();
});

test('the command alone shows the help, and what Slack escaped is read as it was typed', async () => {
  const { double, platform } = await aSeat();
  const lines: string[] = [];
  await platform.start([], { ...silent, typed: (line) => (lines.push(line), Promise.resolve(aNote('x'))) });
  await double.send('slash_commands', { text: ' ' });
  await double.send('slash_commands', {
    text: 'subscribe channel:<#C9|news> mention:<!subteam^S7|@desk> text:a &lt; b',
  });
  await expect.poll(() => lines).toEqual(['help', 'subscribe channel:C9 mention:S7 text:a < b']);
  await platform.stop();
});

test.each([
  ['replace', { replace_original: true, response_type: 'ephemeral' }],
  ['reply', { replace_original: false, response_type: 'ephemeral' }],
  ['publish', { replace_original: false, response_type: 'in_channel' }],
] as const)('a button with the effect %s brings the answer to its request', async (effect, expected) => {
  const { double, platform } = await aSeat();
  const asked: Request[] = [];
  const page = { command: 'events', options: { page: '2' } };
  await platform.start([aForm('events')], {
    ...silent,
    typed: () => Promise.resolve(aNote('One', [{ kind: 'button', label: 'Next', request: page, effect }])),
    run: (request) => (asked.push(request), Promise.resolve(aNote('Two'))),
  });
  await press(double, await shownElement(double, 'button'));
  await expect.poll(() => double.told.at(1)).toMatchObject(expected);
  expect(asked).toEqual([page]);
  await platform.stop();
});

test('a button that we did not make does nothing', async () => {
  const { double, platform, faults } = await aSeat();
  const asked: Request[] = [];
  await platform.start([], {
    ...silent,
    run: (request) => (asked.push(request), Promise.resolve(aNote(''))),
  });
  await press(double, { type: 'button', action_id: 'press 0', value: 'AAAAAAAAAAA0!events' });
  await press(double, { type: 'button', action_id: 'something else' });
  expect([asked, double.told, faults]).toEqual([[], [], []]);
  await platform.stop();
});

test('what is chosen from a menu fills in its option', async () => {
  const { double, platform } = await aSeat();
  const asked: Request[] = [];
  const menu: Action = {
    kind: 'menu',
    label: 'Kind',
    option: 'kind',
    choices: [{ value: 'use', label: 'Use' }],
    request: { command: 'events', options: { when: '2024' } },
    effect: 'replace',
  };
  await platform.start([aForm('events')], {
    ...silent,
    typed: () => Promise.resolve(aNote('One', [menu])),
    run: (request) => (asked.push(request), Promise.resolve(aNote('Two'))),
  });
  const element = await shownElement(double, 'static_select');
  await press(double, { ...element, selected_option: { value: 'use' } });
  await expect.poll(() => asked).toEqual([{ command: 'events', options: { when: '2024', kind: 'use' } }]);
  await platform.stop();
});

test('a form opens with what is known, proposes values, and is answered as filled in', async () => {
  const { double, platform } = await aSeat();
  const asked: Request[] = [];
  const form = {
    ...aForm('subscribe'),
    options: [option, { ...option, name: 'time' }, { ...option, name: 'about', completes: true }],
  };
  const request = { command: 'subscribe', options: { time: '08:00' } };
  await platform.start([form], {
    ...silent,
    typed: () =>
      Promise.resolve(aNote('One', [{ kind: 'button', label: 'Settings', request, effect: 'form' }])),
    run: (filled) => (asked.push(filled), Promise.resolve(aNote('Done'))),
    choices: ({ options }) =>
      Promise.resolve([{ value: 'kursk', label: `Kursk for ${options['about'] ?? ''}` }]),
  });
  await press(double, await shownElement(double, 'button'));
  await expect.poll(() => double.views.length).toBe(1);
  const { private_metadata: about, callback_id: name, blocks } = double.views[0]?.view ?? {};
  expect(JSON.stringify(blocks)).toContain('"initial_value":"08:00"');

  const values = {
    place: { value: { type: 'plain_text_input', value: 'Kursk' } },
    time: { value: { value: null } },
  };
  const view = { id: 'V1', type: 'modal', callback_id: name, private_metadata: about, state: { values } };
  const suggestion = { type: 'block_suggestion', block_id: 'about', action_id: 'value', value: 'Ku', view };
  expect(await double.send('interactive', suggestion)).toMatchObject({
    options: [{ value: 'kursk', text: { text: 'Kursk for Ku' } }, { value: 'Ku' }],
  });
  await double.send('interactive', {
    type: 'view_submission',
    view,
    channel: undefined,
    response_url: undefined,
  });
  await expect.poll(() => asked).toEqual([{ command: 'subscribe', options: { place: 'Kursk' } }]);
  await expect.poll(() => double.told.length).toBe(2);
  await platform.stop();
});

test('the shortcut on a message asks with its words and links', async () => {
  const { double, platform } = await aSeat();
  const asked: Request[] = [];
  const form = { ...aForm('search'), messageOption: 'place' };
  await platform.start([form], {
    ...silent,
    run: (request) => (asked.push(request), Promise.resolve(aNote('x'))),
  });
  await double.send('interactive', {
    type: 'message_action',
    callback_id: 'find-event',
    message_ts: '1.1',
    message: { type: 'message', ts: '1.1', text: 'Ships &amp; shells <https://a.example/x|read>' },
  });
  await expect
    .poll(() => asked)
    .toEqual([{ command: 'search', options: { place: 'Ships & shells https://a.example/x' } }]);
  await platform.stop();
});

test.each([
  [MEMBER, false],
  [ADMIN, true],
  [CREATOR, true],
  [STRANGER, false],
])('whether %s manages the channel is asked at each request that needs it', async (user, manages) => {
  const { double, platform } = await aSeat();
  const askers: Asker[] = [];
  await platform.start([{ ...aForm('subscribe'), managers: true }], {
    ...silent,
    typed: (_, asker) => (askers.push(asker), Promise.resolve(aNote('x'))),
  });
  await double.send('slash_commands', { text: 'subscribe place:here' }, user);
  await double.send('slash_commands', { text: 'subscribe place:here' }, user);
  await expect.poll(() => askers.map((asker) => asker.manages)).toEqual([manages, manages]);
  expect(double.calls.filter((method) => method === 'users.info')).toHaveLength(2);
  await platform.stop();
});

test('whoever is named in the settings manages every channel, and others manage those that they made', async () => {
  const { double, platform } = await aSeat('socket', { managers: [MEMBER] });
  const askers: Asker[] = [];
  await platform.start([{ ...aForm('subscribe'), managers: true }], {
    ...silent,
    typed: (_, asker) => (askers.push(asker), Promise.resolve(aNote('x'))),
  });
  for (const user of [MEMBER, CREATOR]) {
    await double.send('slash_commands', { text: 'subscribe place:here', channel_id: PRIVATE_CHANNEL }, user);
  }
  await expect.poll(() => askers.map(({ manages }) => manages)).toEqual([true, false]);
  const elsewhere = { platform: 'slack', address: CHANNEL } as const;
  for (const asker of askers) expect(await asker.managesAt?.(elsewhere)).toBe(true);
  await platform.stop();
});

test('a form that Slack does not open any more is answered in words', async () => {
  const { double, platform, warnings } = await aSeat();
  const form = { ...aForm('subscribe'), managers: true, options: [option, { ...option, name: 'time' }] };
  await platform.start([form], { ...silent, typed: () => Promise.resolve(aNote('In words')) });
  double.faults.push({ method: 'views.open', how: { error: 'expired_trigger_id' } });
  await double.send('slash_commands', { text: 'subscribe' });
  await expect.poll(() => double.shown()).toContain('In words');
  expect(warnings).toHaveLength(1);
  await platform.stop();
});

test('after the connection is lost and Slack refuses one for a while, people are answered again', async () => {
  const { double, platform } = await aSeat();
  await platform.start([], { ...silent, typed: () => Promise.resolve(aNote('Back')) });
  const before = double.calls.length;
  double.faults.push({ method: 'apps.connections.open', how: { error: 'invalid_auth' } });
  double.cut();
  await expect.poll(() => double.calls.slice(before).length, { timeout: 20_000 }).toBe(2);
  await expect
    .poll(() => (void double.send('slash_commands', { text: 'help' }), double.shown()), { timeout: 20_000 })
    .toContain('Back');
  await platform.stop();
}, 60_000);

test('when Slack asks for a fresh connection, people are answered over it, and nobody is alarmed', async () => {
  const { double, platform, faults } = await aSeat();
  await platform.start([], { ...silent, typed: () => Promise.resolve(aNote('Back')) });
  const before = double.calls.length;
  double.sendRaw('{"type":"disconnect","reason":"refresh_requested"}');
  await expect.poll(() => double.calls.length, { timeout: 20_000 }).toBeGreaterThan(before);
  await expect
    .poll(() => (void double.send('slash_commands', { text: 'help' }), double.shown()), { timeout: 20_000 })
    .toContain('Back');
  expect(faults).toEqual([]);
  await platform.stop();
});

async function shownElement(double: SlackDouble, type: string): Promise<object> {
  await double.send('slash_commands', { text: 'events' });
  await expect.poll(() => double.told.length).toBe(1);
  const found = nodesIn(double.told[0]?.blocks).find((node) => node['type'] === type);
  expect(found).toBeDefined();
  return found ?? {};
}

function press(double: SlackDouble, action: object): Promise<unknown> {
  return double.send('interactive', {
    type: 'block_actions',
    container: { type: 'message' },
    actions: [{ block_id: 'b', ...action }],
  });
}

const option: FormOption = {
  name: 'place',
  description: 'Where',
  descriptions: {},
  type: 'text',
  required: false,
  choices: [],
  completes: false,
};

function aForm(name: string): Form {
  return {
    name,
    description: `The ${name}`,
    descriptions: { fr: `Les ${name}` },
    options: [option],
    subcommands: [],
    audience: 'asker',
    managers: false,
  };
}
