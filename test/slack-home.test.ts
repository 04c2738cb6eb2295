import { afterEach, describe, expect, test } from 'vitest';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import { workspacesIn } from '../src/jobs/slack.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import { aSubscription } from './builders.ts';
import { archive } from './desk.ts';
import { nodesIn } from './doubles/slack/rules.ts';
import { aSeat, leaveSeats, modes, seal, type SlackSeat } from './doubles/slack/seat.ts';
import { textOf } from './doubles/slack/slack.ts';
import {
  ADMIN,
  CHANNEL,
  CLOSED_CHANNEL,
  GUEST,
  MEMBER,
  OTHER_TEAM,
  PRIVATE_CHANNEL,
} from './doubles/slack/state.ts';
import { aTopic } from './topic.ts';

afterEach(leaveSeats);

/** Tumen with subscriptions in an open, a private and a strange channel, and in another workspace. */
async function atHome(mode: (typeof modes)[number] = 'socket') {
  const { answer, db } = await archive();
  for (const [id, address] of [
    ['in-open', CHANNEL],
    ['in-private', PRIVATE_CHANNEL],
    ['in-closed', CLOSED_CHANNEL],
    ['elsewhere', `${OTHER_TEAM}/${CHANNEL}`],
  ] as const) {
    await saveSubscription(db, aSubscription({ id, channel: { platform: 'slack', address } }));
  }
  const seat = await aSeat(mode, { workspaces: workspacesIn(db, seal) });
  await seat.platform.start(commandsFor(aTopic()).map(formOf), answer);
  return seat;
}

/** What somebody sees who opens App Home. */
async function homeOf(user: string, { double }: SlackSeat): Promise<{ text: string; view: object }> {
  const before = double.views.length;
  const event = { type: 'app_home_opened', user, channel: `D${user}`, tab: 'home', event_ts: '1.1' };
  await double.send('events_api', { event });
  await expect.poll(() => double.views.length).toBe(before + 1);
  const shown = double.views.at(-1);
  expect(shown?.how).toBe('published');
  return { text: textOf(shown?.view ?? {}), view: shown?.view ?? {} };
}

describe.each(modes)('over %s', (mode) => {
  test('App Home shows what is posted in channels that somebody may see, the latest events and failing sources', async () => {
    const seat = await atHome(mode);
    const { text } = await homeOf(ADMIN, seat);
    expect(text).toMatch(/in-open[^]*in-private[^]*A ship docks in Rajin[^]*sources/i);
    expect(text).not.toMatch(/in-closed|elsewhere/);
    expect(seat.faults).toEqual([]);
    await seat.platform.stop();
  });
});

test.each([
  [MEMBER, /in-open/, /in-private/],
  [GUEST, /frappe Kharkiv/, /in-private|in-open/],
])('App Home shows %s no channel that they cannot see, in their language', async (user, seen, unseen) => {
  const seat = await atHome();
  const { text } = await homeOf(user, seat);
  expect(text).toMatch(seen);
  expect(text).toMatch(/Un missile nord-coréen/);
  expect(text).not.toMatch(unseen);
  await seat.platform.stop();
});

test('what is pressed in App Home opens over it, and what is pressed there takes its place', async () => {
  const seat = await atHome();
  const { view } = await homeOf(ADMIN, seat);
  const button = nodesIn(view).find(({ type, value }) => type === 'static_select' || value !== undefined);
  expect(button).toBeDefined();
  const option = { selected_option: { value: '2024-01-02-k7' } };
  const press = async (pressed: object, shown: object) => {
    const before = seat.double.views.length;
    await seat.double.send(
      'interactive',
      {
        type: 'block_actions',
        container: { type: 'view' },
        channel: undefined,
        response_url: undefined,
        view: { id: 'V1', ...shown },
        actions: [{ block_id: 'b', ...pressed, ...option }],
      },
      ADMIN,
    );
    await expect.poll(() => seat.double.views.length).toBe(before + 1);
    return seat.double.views.at(-1);
  };
  const opened = await press(button ?? {}, view);
  expect(opened?.how).toBe('opened');
  const further = nodesIn(opened?.view).find(({ type, value }) => type === 'button' && value !== undefined);
  expect(further).toBeDefined();
  expect((await press(further ?? {}, opened?.view ?? {}))?.how).toBe('updated');
  expect(seat.double.told).toEqual([]);
  expect(seat.faults).toEqual([]);
  await seat.platform.stop();
});

test('the tab beside it, where messages stand, changes nothing', async () => {
  const seat = await atHome();
  const event = { type: 'app_home_opened', user: ADMIN, channel: 'D1', tab: 'messages', event_ts: '1.1' };
  await seat.double.send('events_api', { event });
  await seat.platform.stop();
  expect(seat.double.views).toEqual([]);
});
