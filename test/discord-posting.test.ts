import { expect, test } from 'vitest';
import type { Form } from '../src/form.ts';
import { ANNOUNCEMENTS, aTag, FORUM, type ForumTag, TEXT_CHANNEL, THREAD } from './doubles/discord/fields.ts';
import { aLongNote, aNote, seatedAtDiscord } from './doubles/discord/seated.ts';
import { type DiscordDouble, textOf } from './doubles/discord/discord.ts';

const REQUIRES_TAG = 1 << 4;
const kinds: Form = {
  name: 'events',
  description: 'Events',
  descriptions: {},
  options: [
    {
      name: 'kind',
      description: 'Kind',
      descriptions: {},
      type: 'text',
      required: false,
      completes: false,
      choices: [{ value: 'transfer', label: 'Arms transfer', labels: { fr: 'Livraison d’armes' } }],
    },
  ],
  subcommands: [],
  audience: 'asker',
  managers: false,
};

test('in a forum a post is one thread with the title, tagged by kind in whichever language the tag is named', () =>
  seatedAtDiscord(
    async ({ double, platform }) => {
      const posted = await platform.post(FORUM, { ...aLongNote(30), tags: ['transfer'] }, { key: 'k' });
      const threads = [...double.places.values()].filter(({ parent_id: parent }) => parent === FORUM);
      expect(threads).toMatchObject([{ name: 'Note', applied_tags: ['1'] }]);
      expect(posted.split(' ').length).toBeGreaterThan(1);
      expect([...double.messages.values()].every(({ channel_id: place }) => place === threads[0]?.id)).toBe(
        true,
      );
    },
    {
      forms: [kinds],
      prepare: (double) =>
        tagForum(double, [aTag('1', 'Livraison d’armes'), aTag('2', 'Sport'), aTag('3', 'Transfer', true)]),
    },
  ));

test('a forum that takes no post without a tag gets one that members may use', () =>
  seatedAtDiscord(
    async ({ double, platform }) => {
      await platform.post(FORUM, aNote('x'), { key: 'k' });
      expect([...double.places.values()].at(-1)).toMatchObject({ applied_tags: ['5'] });
    },
    { prepare: requireTag([aTag('4', 'Staff', true), aTag('5', 'Anything')]) },
  ));

test('a forum that requires a tag and has none for us is told with what to do', () =>
  seatedAtDiscord(
    async ({ platform }) => {
      await expect(platform.post(FORUM, aNote('x'), { key: 'k' })).rejects.toMatchObject({
        reason: 'gone',
        message: expect.stringContaining('tag') as string,
      });
    },
    { prepare: requireTag([]) },
  ));

test('a post in a forum whose answer was lost is found in its thread', () =>
  seatedAtDiscord(async ({ double, platform }) => {
    double.faults.push({ method: 'POST', path: /threads$/, how: 'lost' });
    const since = new Date();
    await expect(platform.post(FORUM, aNote('x'), { key: 'k' })).rejects.toMatchObject({ reason: 'unknown' });
    const found = await platform.find(FORUM, 'k', since);
    if (found.kind !== 'arrived') throw new Error(found.kind);
    await platform.edit(FORUM, found.posted, aNote('Edited'));
    expect(double.shown()).toContain('Edited');
    expect((await platform.find(FORUM, 'other', since)).kind).toBe('absent');
  }));

test('a post in an announcement channel is sent on, ten an hour at most', () =>
  seatedAtDiscord(async ({ double, platform }) => {
    for (let count = 0; count < 12; count += 1)
      await platform.post(ANNOUNCEMENTS, aNote('x'), { key: `k${count}` });
    expect(double.messages.size).toBe(12);
    expect(double.crossposts).toHaveLength(10);
  }));

test.each([
  ['is not allowed', { status: 403, body: { code: 50_013, message: 'Missing Permissions' } }],
  [
    'is limited',
    { status: 429, body: { message: 'slow', retry_after: 60 }, headers: { 'retry-after': '60' } },
  ],
  ['is lost', 'lost'],
] as const)('a post whose sending on %s is a post all the same, and the next is not sent on', (_, how) =>
  seatedAtDiscord(async ({ double, platform, told }) => {
    double.faults.push({ method: 'POST', path: /crosspost$/, how });
    const posted = await platform.post(ANNOUNCEMENTS, aNote('x'), { key: 'k' });
    await platform.post(ANNOUNCEMENTS, aNote('y'), { key: 'k2' });
    expect(double.messages.has(posted)).toBe(true);
    expect(double.messages.size).toBe(2);
    expect(double.requests.filter((request) => request.endsWith('crosspost'))).toHaveLength(1);
    expect(told).toEqual(['discord did not send a post on']);
  }),
);

test('a post goes into a thread, or into one that is opened under an earlier post', () =>
  seatedAtDiscord(async ({ double, platform }) => {
    const aside = await platform.post(TEXT_CHANNEL, aNote('a'), { key: 'k1', thread: THREAD });
    const first = await platform.post(TEXT_CHANNEL, aNote('b'), { key: 'k2' });
    await platform.post(TEXT_CHANNEL, aNote('c'), { key: 'k3', thread: first });
    await platform.post(TEXT_CHANNEL, aNote('d'), { key: 'k4', thread: first });
    const places = [...double.messages.values()].map(({ channel_id: place }) => place);
    expect(places).toEqual([THREAD, TEXT_CHANNEL, first, first]);
    expect((await platform.find(TEXT_CHANNEL, 'k1', new Date(0), THREAD)).kind).toBe('arrived');
    await platform.edit(TEXT_CHANNEL, aside, aNote('Edited aside'));
    expect(double.shown()).toContain('Edited aside');
  }));

test('an archived thread is opened again for an edit; a locked one takes no post and says why', () =>
  seatedAtDiscord(async ({ double, platform }) => {
    const posted = await platform.post(THREAD, aNote('a'), { key: 'k1' });
    setThread({ archived: true, locked: false });
    await platform.edit(THREAD, posted, aNote('Edited'));
    expect(double.shown()).toContain('Edited');
    setThread({ archived: false, locked: true });
    await expect(platform.post(THREAD, aNote('b'), { key: 'k2' })).rejects.toMatchObject({
      reason: 'gone',
      message: expect.stringContaining('locked') as string,
    });

    function setThread(state: { archived: boolean; locked: boolean }) {
      const thread = double.places.get(THREAD);
      if (thread?.thread_metadata === undefined) throw new Error('no thread');
      const metadata = { ...thread.thread_metadata, ...state };
      double.places.set(THREAD, { ...thread, thread_metadata: metadata });
    }
  }));

test('components that Discord refuses are posted as an embed, which can be found and edited', () =>
  seatedAtDiscord(async ({ double, platform, told }) => {
    const how = { status: 400, body: { code: 50_035, message: 'Invalid Form Body' } };
    double.faults.push({ method: 'POST', path: /messages$/, how });
    const posted = await platform.post(TEXT_CHANNEL, aNote('Plain'), { key: 'k' });
    expect(double.messages.get(posted)).toMatchObject({ embeds: [{ title: 'Note' }] });
    expect(told).toEqual(['discord refused components']);
    expect(await platform.find(TEXT_CHANNEL, 'k', new Date(0))).toEqual({ kind: 'arrived', posted });
    await platform.edit(TEXT_CHANNEL, posted, aNote('Edited'));
    expect(textOf(double.messages.get(posted) ?? {})).toContain('Edited');
  }));

test('of a long post that arrived in part only the rest is posted, in one order', () =>
  seatedAtDiscord(async ({ double, platform }) => {
    const long = aLongNote(30);
    const how = { status: 500, body: {} };
    const whole = (await platform.post(TEXT_CHANNEL, long, { key: 'whole' })).split(' ').length;
    expect(whole).toBeGreaterThan(2);
    double.messages.clear();
    double.faults.push({ method: 'POST', path: /messages$/, how, after: 2 });
    await expect(platform.post(TEXT_CHANNEL, long, { key: 'k' })).rejects.toMatchObject({
      reason: 'unknown',
    });
    double.state.nonces.clear();
    expect(await platform.find(TEXT_CHANNEL, 'k', new Date(0))).toEqual({ kind: 'absent' });
    const posted = await platform.post(TEXT_CHANNEL, long, { key: 'k' });
    expect(posted.split(' ')).toEqual([...double.messages.keys()]);
    expect(double.messages.size).toBe(whole);
    await platform.edit(TEXT_CHANNEL, posted, aNote('Short'));
    expect(double.messages.size).toBe(1);
  }));

test.each([TEXT_CHANNEL, FORUM])(
  'of a long post in %s that was turned away half-way only the rest is posted, with no look back',
  (address) =>
    seatedAtDiscord(async ({ double, platform }) => {
      const long = aLongNote(30);
      const how = { status: 403, body: { code: 50_013, message: 'Missing Permissions' } };
      double.faults.push({ method: 'POST', path: /messages$/, how, after: 1 });
      await expect(platform.post(address, long, { key: 'k' })).rejects.toMatchObject({ reason: 'gone' });
      double.state.nonces.clear();
      const posted = await platform.post(address, long, { key: 'k' });
      expect(posted.split(' ').map((name) => name.split(':').at(-1))).toEqual([...double.messages.keys()]);
    }),
);

test('where history may not be read, nobody claims that a post is absent', () =>
  seatedAtDiscord(
    async ({ platform }) => {
      expect((await platform.find(TEXT_CHANNEL, 'k', new Date(0))).kind).toBe('unknown');
    },
    { prepare: (double) => (double.state.permissions = String((1n << 10n) | (1n << 11n))) },
  ));

test('a channel that is gone is told as gone, in a post as in a search', () =>
  seatedAtDiscord(async ({ double, platform }) => {
    double.places.delete(TEXT_CHANNEL);
    double.emit('CHANNEL_DELETE', {
      id: TEXT_CHANNEL,
      type: 0,
      guild_id: '200000000000000001',
      name: 'general',
    });
    const gone = { reason: 'gone' };
    await expect(platform.post(TEXT_CHANNEL, aNote('x'), { key: 'k' })).rejects.toMatchObject(gone);
    await expect(platform.find(TEXT_CHANNEL, 'k', new Date())).rejects.toMatchObject(gone);
  }));

function requireTag(tags: readonly ForumTag[]) {
  return (double: DiscordDouble) => tagForum(double, tags, REQUIRES_TAG);
}

function tagForum({ places }: DiscordDouble, available_tags: readonly ForumTag[], flags = 0): void {
  const forum = places.get(FORUM);
  if (forum !== undefined) places.set(FORUM, { ...forum, flags, available_tags });
}
