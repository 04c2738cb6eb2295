import { afterEach, expect, test } from 'vitest';
import { type Action, aMessage, type Message, words } from '../src/message.ts';
import { nodesIn } from './doubles/slack/rules.ts';
import { aSeat, leaveSeats, silent } from './doubles/slack/seat.ts';
import { textOf } from './doubles/slack/slack.ts';
import { CHANNEL, MEMBER } from './doubles/slack/state.ts';

afterEach(leaveSeats);

const share: Action = {
  kind: 'button',
  label: 'Share',
  request: { command: 'export', options: {} },
  effect: 'publish',
};
const exported: Message = aMessage({
  title: [words('2 events')],
  files: [{ name: 'events.csv', type: 'text/csv', text: 'id,title\n1,Schiff aus Rasŏn <ü>\n' }],
  actions: [share],
  language: 'en',
  zone: 'UTC',
});

const answered = () => Promise.resolve(exported);

async function exporting() {
  const seat = await aSeat();
  await seat.platform.start([], { ...silent, typed: answered, run: answered });
  const ask = async () => {
    await seat.double.send('slash_commands', { text: 'export format:csv' });
    await expect.poll(() => seat.double.told.length).toBe(1);
  };
  return { ...seat, ask };
}

test('a file comes whole, in the conversation that the asker has with Tumen; the answer leads there', async () => {
  const { double, platform, ask, warnings } = await exporting();
  await ask();
  expect(double.files).toMatchObject([{ name: 'events.csv', channel: `D${MEMBER}` }]);
  expect(double.files[0]?.text).toContain('Schiff aus Rasŏn <ü>');
  const links = nodesIn(double.told[0]?.blocks).filter(({ type }) => type === 'link');
  expect(links).toMatchObject([{ text: 'events.csv', url: expect.stringContaining('/files/') }]);
  expect(textOf(double.told[0] ?? {})).not.toContain('Schiff');
  expect(warnings).toEqual([]);
  await platform.stop();
});

test('a shared file goes to the channel', async () => {
  const { double, platform, ask } = await exporting();
  await ask();
  const button = nodesIn(double.told[0]?.blocks).find(({ value }) => value !== undefined);
  await double.send('interactive', {
    type: 'block_actions',
    container: {},
    actions: [{ block_id: 'b', ...button }],
  });
  await expect.poll(() => double.told.length).toBe(2);
  expect(double.files.map(({ channel }) => channel)).toEqual([`D${MEMBER}`, CHANNEL]);
  await platform.stop();
});

test.each(['files:write', 'im:write'])('without the scope %s a file is told as text', async (scope) => {
  const { double, platform, ask, warnings } = await exporting();
  double.withheld.add(scope);
  await ask();
  expect(textOf(double.told[0] ?? {})).toContain('Schiff aus Rasŏn');
  expect(warnings.map(String)).toEqual([expect.stringContaining('missing_scope')]);
  await platform.stop();
});

test.each(['lost', 'dropped', { status: 503 }] as const)(
  'where handing a file over ends with %j, it is told as text',
  async (how) => {
    const { double, platform, ask, faults } = await exporting();
    double.faults.push({ method: 'files.getUploadURLExternal', how });
    await ask();
    expect(textOf(double.told[0] ?? {})).toContain('Schiff aus Rasŏn');
    expect(faults).toEqual([]);
    await platform.stop();
  },
);
