import { afterEach, describe, expect, test } from 'vitest';
import type { SlackOptions } from '../src/channels/slack/options.ts';
import type { Asker } from '../src/form.ts';
import { workspacesIn } from '../src/jobs/slack.ts';
import { raw } from '../src/store/engines/sql.ts';
import { findSubscription, saveSubscription } from '../src/store/subscriptions.ts';
import { makeSeal } from '../src/store/sealing.ts';
import { aSubscription } from './builders.ts';
import { engines } from './database.ts';
import { aNote, aSeat, leaveSeats, modes, seal, sharing, silent } from './doubles/slack/seat.ts';
import { APP_TOKEN, CHANNEL, OTHER_TEAM, SIGNING_SECRET, TEAM } from './doubles/slack/state.ts';

afterEach(leaveSeats);

const OTHER = `${OTHER_TEAM}/${CHANNEL}`;
const receiving = {
  socket: { kind: 'socket', appToken: APP_TOKEN },
  http: { kind: 'http', signingSecret: SIGNING_SECRET },
} as const;

describe.each(await engines())('on %s', (_, open) => {
  /** Tumen where workspaces install it themselves, and who asked it what. */
  async function shared(mode: (typeof modes)[number] = 'http', options: Partial<SlackOptions> = {}) {
    const db = await open();
    const workspaces = workspacesIn(db, seal);
    const seat = await aSeat(mode, { sharing, workspaces, receiving: receiving[mode], ...options });
    const askers: Asker[] = [];
    await seat.platform.start([], {
      ...silent,
      typed: (_line, asker) => (askers.push(asker), Promise.resolve(aNote('Heard'))),
    });
    return { ...seat, db, workspaces, askers, base: `http://127.0.0.1:${seat.platform.port()}` };
  }

  type Shared = Awaited<ReturnType<typeof shared>>;

  /** Goes from the first page to the way back from Slack, as a browser would. */
  async function agreed({ base }: Pick<Shared, 'base'>): Promise<{ back: string; cookie: string }> {
    const begun = await fetch(`${base}/slack/install`, { redirect: 'manual' });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const agreeing = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    const back = new URL(agreeing.headers.get('location') ?? '');
    return { back: `${base}${back.pathname}${back.search}`, cookie };
  }

  async function installed(at: Shared): Promise<Response> {
    const { back, cookie } = await agreed(at);
    return fetch(back, { headers: { cookie } });
  }

  const fromOther = { team_id: OTHER_TEAM, team: { id: OTHER_TEAM, domain: 'o' } };

  test.each(modes)(
    'a workspace installs Tumen, and is answered and posted to as itself, over %s',
    async (mode) => {
      const at = await shared(mode);
      const response = await installed(at);
      expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('Other & Co')]);
      await at.double.send('slash_commands', { text: 'status', ...fromOther });
      await at.double.send('slash_commands', { text: 'status' });
      await expect.poll(() => at.askers.map(({ channel }) => channel.address)).toEqual([OTHER, CHANNEL]);
      await at.platform.post(OTHER, aNote('There'), { key: 'k1' });
      await at.platform.post(CHANNEL, aNote('Here'), { key: 'k2' });
      expect(at.double.messages.map(({ team }) => team)).toEqual([OTHER_TEAM, TEAM]);
      expect(at.faults).toEqual([]);
      await at.platform.stop();
    },
  );

  test('without a token in the settings, all workspaces install Tumen themselves', async () => {
    const at = await shared('http', { botToken: undefined });
    await installed(at);
    await at.platform.post(OTHER, aNote('There'), { key: 'k1' });
    await expect(at.platform.post(CHANNEL, aNote('Where'), { key: 'k2' })).rejects.toMatchObject({
      reason: 'gone',
    });
    expect(at.double.messages.map(({ team }) => team)).toEqual([OTHER_TEAM]);
    await at.platform.stop();
  });

  test('in the workspace of the settings their token goes on to speak, and no other is kept', async () => {
    const at = await shared();
    const { back, cookie } = await agreed(at);
    const response = await fetch(back.replace('code=agreed', 'code=agreed-at-home'), { headers: { cookie } });
    expect(response.status).toBe(200);
    expect(await at.db.query(raw('select * from installation'))).toEqual([]);
    await at.double.send('slash_commands', { text: 'status' });
    await expect.poll(() => at.askers.map(({ channel }) => channel.address)).toEqual([CHANNEL]);
    await at.platform.stop();
  });

  test('whoever comes back from Slack in another browser, or with another word, installs nothing', async () => {
    const at = await shared();
    const { back, cookie } = await agreed(at);
    const answers = [
      await fetch(back),
      await fetch(back.replace(/state=[^&]+/, 'state=made-up'), { headers: { cookie } }),
      await fetch(back.replace('code=agreed', 'code=stolen'), { headers: { cookie } }),
      await fetch(`${at.base}/slack/oauth_redirect?error=access_denied`, { headers: { cookie } }),
      await fetch(`${at.base}/slack/oauth_redirect`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(await at.workspaces.find(OTHER_TEAM)).toBeUndefined();
    await at.platform.stop();
  });

  test('somebody of a workspace that has not installed Tumen is not answered', async () => {
    const at = await shared();
    await at.double.send('slash_commands', { text: 'status', ...fromOther });
    await expect.poll(() => at.faults.length).toBe(1);
    expect([at.askers, at.double.told]).toEqual([[], []]);
    await at.platform.stop();
  });

  test.each([
    ['uninstalls Tumen', { type: 'app_uninstalled' }],
    ['takes its token back', { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }],
  ])('a workspace that %s is forgotten, and its subscriptions pause with the reason', async (_how, event) => {
    const at = await shared();
    await installed(at);
    const there = aSubscription({ channel: { platform: 'slack', address: OTHER } });
    const here = aSubscription({ channel: { platform: 'slack', address: CHANNEL } });
    await saveSubscription(at.db, there);
    await saveSubscription(at.db, here);
    await at.double.send('events_api', { event, team_id: OTHER_TEAM });
    await expect
      .poll(async () => (await findSubscription(at.db, there.id))?.paused)
      .toBe('Tumen is no longer installed on this Slack workspace');
    expect((await findSubscription(at.db, here.id))?.paused).toBeUndefined();
    expect(await at.db.query(raw('select * from installation'))).toEqual([]);
    await at.platform.stop();
  });

  test('a person who takes back a token of their own changes nothing', async () => {
    const at = await shared();
    await installed(at);
    const event = { type: 'tokens_revoked', tokens: { oauth: ['U0001'] } };
    await at.double.send('events_api', { event, team_id: OTHER_TEAM });
    await at.platform.stop();
    expect(await at.workspaces.find(OTHER_TEAM)).toBeDefined();
  });

  test('a token that Slack no longer takes is forgotten when posting', async () => {
    const at = await shared();
    await installed(at);
    at.double.faults.push({ method: 'chat.postMessage', how: { error: 'token_revoked' } });
    await expect(at.platform.post(OTHER, aNote('x'), { key: 'k' })).rejects.toMatchObject({ reason: 'gone' });
    expect(await at.workspaces.find(OTHER_TEAM)).toBeUndefined();
    await at.platform.stop();
  });

  test.each([
    ['channel_archive', /archived/],
    ['channel_deleted', /deleted/],
    ['group_left', /invite it there/],
  ])('after %s the subscriptions of that channel alone pause', async (type, reason) => {
    const at = await shared();
    const there = aSubscription({ channel: { platform: 'slack', address: CHANNEL } });
    const other = aSubscription({ channel: { platform: 'slack', address: OTHER } });
    await saveSubscription(at.db, there);
    await saveSubscription(at.db, other);
    await at.double.send('events_api', { event: { type, channel: CHANNEL } });
    await expect.poll(async () => (await findSubscription(at.db, there.id))?.paused).toMatch(reason);
    expect((await findSubscription(at.db, other.id))?.paused).toBeUndefined();
    await at.platform.stop();
  });

  test('Tumen does not start with another key than the tokens were sealed with', async () => {
    const at = await shared();
    await installed(at);
    await at.platform.stop();
    const workspaces = workspacesIn(at.db, makeSeal(['0f'.repeat(32)]));
    const later = await aSeat('http', { sharing, workspaces });
    await expect(later.platform.start([], silent)).rejects.toThrow(/TOKEN_KEY/);
  });
});
