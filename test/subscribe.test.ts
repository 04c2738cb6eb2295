import { expect, test } from 'vitest';
import { speechIn, spoken } from '../digests/speech.ts';
import { gone as onDiscord, NO_TOKEN as NOT_TAKEN_BY_DISCORD } from '../src/channels/discord/failures.ts';
import { gone as onSlack, NO_TOKEN as NOT_TAKEN_BY_SLACK } from '../src/channels/slack/failures.ts';
import { PostError } from '../src/errors.ts';
import type { Message } from '../src/message.ts';
import { claimDeliveries } from '../src/store/deliveries.ts';
import { findSubscriptions, removeSubscription, saveSubscription } from '../src/store/subscriptions.ts';
import type { Channel } from '../src/subscription.ts';
import { aSubscription } from './builders.ts';
import { archive, reader, shown, strike } from './desk.ts';
import { aNewsroom, texts } from './newsroom.ts';

test('/subscribe says when the next digests come, in the zone and in UTC', async () => {
  const { answer } = await archive();
  const text = shown(await answer.typed('/subscribe time:8:00 zone:Asia/Seoul kinds:use,troops', reader));
  expect(text).toContain('Monday, 11 March 2024, 08:00 (Asia/Seoul) · 2024-03-10 23:00 UTC');
  expect(text).toMatch(/Kinds +use and troops/);
  const listed = shown(await answer.typed('/subscription list', reader));
  expect(listed).toContain('daily, 08:00 (Asia/Seoul)');
});

test('/subscribe has one digest of the last seven days sent at once', async () => {
  const now = new Date('2024-01-04T08:00:00Z');
  const { answer, db } = await archive(undefined, now);
  await answer.typed('/subscribe zone:UTC', reader);
  const due = await claimDeliveries(db, { now, leaseMs: 1000, limit: 5 });
  expect(due).toMatchObject([{ period: { from: '2023-12-29', to: '2024-01-04' }, slot: now.toISOString() }]);
});

test('the digest that a channel begins with comes also when there is nothing to tell', async () => {
  const now = '2024-01-20T08:00:00Z';
  const { answer, db, topic } = await archive(undefined, new Date(now));
  await answer.typed('/subscribe empty:skip kinds:transfer zone:UTC', reader);
  const { at, posts, subscription } = await aNewsroom({ db, topic, channel: reader.channel, created: now });
  await removeSubscription(db, subscription.id);
  await at(now);
  await at('2024-01-21T08:00:00Z');
  expect(texts(posts)).toEqual([expect.stringContaining('Nothing new in this period.')]);
});

test('/digest last tells a digest again as it was posted, whatever has become known since', async () => {
  const { db, topic, answer, saved } = await archive(undefined, new Date('2025-02-01T08:00:00Z'));
  const { at, posts } = await aNewsroom({
    db,
    topic,
    channel: reader.channel,
    created: '2024-01-02T12:00:00Z',
  });
  await at('2024-01-03T07:00:00Z');
  await at('2024-01-04T07:00:00Z');
  await saved([{ ...strike, status: 'retracted', changed: new Date('2024-01-20T00:00:00Z') }]);

  const asked = async (line: string) => shown(await answer.typed(line, { ...reader, language: 'fr' }));
  expect(await asked('/digest last')).toBe(shown(posts[1]?.message ?? never()));
  expect(await asked('/digest last number:1')).toBe(shown(posts[0]?.message ?? never()));
  expect(await asked('/digest last')).toMatch(/contested · 2024-01-02-k7[^]*No\. 2/);
});

test('a digest that nobody got is no last digest', async () => {
  const { answer } = await archive();
  await answer.typed('/subscribe', reader);
  expect(shown(await answer.typed('/digest last', reader))).toContain('No digest has been posted here yet.');
  expect(shown(await answer.typed('/digest last number:7', reader))).toContain('No digest has been posted');
});

test('/subscribe says in the channel that it is subscribed, before anything is stored', async () => {
  const said: string[] = [];
  const post = async (channel: Channel, message: Message) =>
    void said.push(`${channel.address} ${shown(message)}`);
  const { answer } = await archive(undefined, undefined, post);
  await answer.typed('/subscribe channel:news mode:both language:fr', reader);
  expect(said).toEqual([expect.stringMatching(/^news Ce canal reçoit désormais des revues/)]);
});

test.each(['Discord does not know this channel any more', 'Tumen may not write in this channel'])(
  'where nothing can be posted, because %s, nothing is stored',
  async (reason) => {
    const post = () => Promise.reject(new PostError(reason, { reason: 'gone' }));
    const { answer, db } = await archive(undefined, undefined, post);
    const text = shown(await answer.typed('/subscribe channel:news', reader));
    expect(text).toContain(`Nothing can be posted there: ${reason}.`);
    expect(await findSubscriptions(db)).toEqual([]);
  },
);

test.each(spoken.filter((language) => language !== 'en'))(
  'in %s every reason why nothing can be posted is told in that language, when asked and when paused',
  async (language) => {
    const { refusals = {} } = speechIn(language).words;
    const tokens = [NOT_TAKEN_BY_DISCORD, NOT_TAKEN_BY_SLACK];
    const reasons = [...new Set([...Object.values(onDiscord), ...Object.values(onSlack), ...tokens])];
    expect(reasons.filter((reason) => !(reason in refusals))).toEqual([]);
    const [reason = ''] = reasons;
    const post = () => Promise.reject(new PostError(reason, { reason: 'gone' }));
    const { answer, db } = await archive(undefined, undefined, post);
    const asker = { ...reader, language };
    expect(shown(await answer.typed('/subscribe', asker))).toContain(refusals[reason]);
    await saveSubscription(db, aSubscription({ channel: asker.channel, paused: reason }));
    expect(shown(await answer.typed('/subscription list', asker))).toContain(refusals[reason]);
  },
);

test.each(spoken)('in %s a slip gets a sentence of that language, and changes nothing', async (language) => {
  const { answer, db } = await archive();
  const asker = { ...reader, language };
  await saveSubscription(db, aSubscription({ id: 'ours', channel: asker.channel }));
  const before = await findSubscriptions(db);
  const speech = speechIn(language);
  const slips: [string, string][] = [
    ['subscribe zone:Mars/Olympus', speech.say('error.zone', { value: 'Mars/Olympus' })],
    ['subscribe time:25:00', speech.say('error.time', { value: '25:00' })],
    ['subscribe time:9am', speech.say('error.time', { value: '9am' })],
    ['subscribe time:23:00 quiet:22:00-07:00', speech.say('error.allQuiet')],
    ['subscribe kinds:casualties', speech.say('error.nothingFits')],
    ['subscription edit thread:nonsense', speech.say('error.thread', { value: 'nonsense' })],
    ['subscription edit mention:@everyone', speech.say('error.mention', { value: '@everyone' })],
    ['subscription edit id:theirs', speech.say('error.subscriptionId', { value: 'theirs', ids: 'ours' })],
  ];
  for (const [line, sentence] of slips)
    expect(shown(await answer.typed(`/${line}`, asker))).toContain(sentence);
  expect(await findSubscriptions(db)).toEqual(before);
});

test('a thread in which nothing can be posted is found out before a subscription moves there', async () => {
  const said: (string | undefined)[] = [];
  const post = async (_: Channel, __: Message, { thread }: { thread?: string }) => {
    if (thread?.endsWith('9') === true) throw new PostError('This thread is locked', { reason: 'gone' });
    said.push(thread);
  };
  const { answer, db } = await archive(undefined, undefined, post);
  const there = { ...reader, channel: { platform: 'discord', address: '1' } as const };
  await answer.typed('/subscribe', there);
  await answer.typed('/subscription edit thread:123456789012345678', there);
  await answer.typed('/subscription edit time:09:00', there);
  expect(said).toEqual([undefined, '123456789012345678']);
  const refused = shown(await answer.typed('/subscription edit thread:123456789012345679', there));
  expect(refused).toContain('Nothing can be posted there: This thread is locked.');
  expect((await findSubscriptions(db))[0]?.wishes?.thread).toBe('123456789012345678');
});

test('who wants events at once is told so, and of no times', async () => {
  const { answer } = await archive();
  const text = shown(await answer.typed('/subscribe mode:instant direction:DPRK->Russia', reader));
  expect(text).toMatch(/What +events of weight at once/);
  expect(text).toMatch(/Direction +North Korea → Russia/);
  expect(text).not.toContain('Next digests');
  expect(shown(await answer.typed('/subscription edit mode:digest direction:any', reader))).not.toMatch(
    /Direction|at once/,
  );
});

test.each([
  ['discord', 'https://discord.com/channels/1/123456789012345678', '123456789012345678'],
  ['discord', '123456789012345678', '123456789012345678'],
  ['slack', 'https://w.slack.com/archives/C1/p1700000000123456', '1700000000.123456'],
  ['slack', '1700000000.123456', '1700000000.123456'],
] as const)('on %s a thread may be given as %s', async (platform, thread, stored) => {
  const { answer, db } = await archive();
  const there = { ...reader, channel: { platform, address: '1' } };
  await answer.typed(`/subscribe thread:${thread}`, there);
  expect((await findSubscriptions(db))[0]?.wishes?.thread).toBe(stored);
});

test.each([
  ['discord', '<@&123456789012345678>', '123456789012345678'],
  ['slack', '<!subteam^S0123456|@desk>', 'S0123456'],
  ['slack', 'S0123456', 'S0123456'],
] as const)('on %s a role or group may be given as %s', async (platform, mention, stored) => {
  const { answer, db } = await archive();
  const there = { ...reader, channel: { platform, address: '1' } };
  await answer.typed(`/subscribe mention:${mention}`, there);
  expect((await findSubscriptions(db))[0]?.wishes?.mention).toBe(stored);
  await answer.typed('/subscription edit mention:none', there);
  expect((await findSubscriptions(db))[0]?.wishes?.mention).toBeUndefined();
});

test.each([
  ['discord', 'mention:@everyone', "'@everyone' is no role or user group"],
  ['discord', 'mention:S0123456', "'S0123456' is no role or user group"],
  ['slack', 'mention:<!channel>', "'<!channel>' is no role or user group"],
  ['slack', 'thread:C0123', "'C0123' is no thread"],
  ['discord', 'thread:#news', "'#news' is no thread"],
] as const)('on %s %s gets one sentence and changes nothing', async (platform, option, sentence) => {
  const { answer, db } = await archive();
  const there = { ...reader, channel: { platform, address: '1' } };
  expect(shown(await answer.typed(`/subscribe ${option}`, there))).toContain(sentence);
  expect(await findSubscriptions(db)).toEqual([]);
});

test('/subscription edit changes what is named and keeps the rest; all and none take a wish back', async () => {
  const { answer } = await archive();
  const asked = async (line: string) => shown(await answer.typed(line, reader));
  await asked('/subscribe kinds:use quiet:22:00-07:00 zone:Asia/Seoul');
  const edited = await asked('/subscription edit time:18:00 kinds:all');
  expect(edited).toContain('daily, 18:00 (Asia/Seoul)');
  expect(edited).toContain('22:00–07:00');
  expect(edited).not.toContain('Kinds');
  expect(await asked('/subscription edit quiet:none')).not.toContain('22:00');
});

test('/subscription test shows the next digest as the channel wishes it', async () => {
  const { answer } = await archive(undefined, new Date('2024-01-04T08:00:00Z'));
  await answer.typed('/subscribe kinds:transfer language:fr', reader);
  expect(shown(await answer.typed('/subscription test', reader))).toContain(
    'Rien de nouveau sur cette période.',
  );
});

test.each([
  ['zone:Mars/Olympus', "There is no time zone 'Mars/Olympus'. Try Europe/Paris or Asia/Seoul."],
  ['time:25:00', "'25:00' is no time of day. Try 08:00."],
  ['quiet:late', "'late' is no span of hours. Try 22:00-07:00."],
  ['time:23:00 quiet:22:00-07:00', 'The quiet hours leave no time for any digest.'],
  ['kinds:weather', "'weather' is no kind. Choose one of: "],
  ['time:9am', "'9am' is no time of day. Try 08:00."],
  ['schedule:monthly', "'monthly' is no schedule. Choose one of: hourly, daily, on weekdays, weekly."],
  ['mode:loud', "'loud' is no mode. Choose one of: digests, events of weight at once,"],
  [
    'direction:sideways',
    "'sideways' is no direction. Choose one of: North Korea → Russia, Russia → North Korea.",
  ],
  ['kinds:casualties', 'No event that is known fits these filters.'],
  ['kinds:use direction:Russia→DPRK', 'No event that is known fits these filters.'],
  ['kinds:transfer least-status:confirmed', 'No event that is known fits these filters.'],
  ['weekday:8', "'weekday' must be a whole number from 1 to 7, not '8'."],
])('/subscribe %s gets one sentence and changes nothing', async (options, sentence) => {
  const { answer } = await archive();
  expect(shown(await answer.typed(`/subscribe ${options}`, reader))).toContain(sentence);
  expect(shown(await answer.typed('/subscription list', reader))).toContain('There is no subscription here.');
});

test('a subscription is paused, resumed and removed; the only one needs no name', async () => {
  const { answer } = await archive();
  const asked = async (line: string) => shown(await answer.typed(line, reader));
  await asked('/subscribe');
  expect(await asked('/subscription pause')).toMatch(/Paused +paused by hand/);
  expect(await asked('/subscription resume')).not.toContain('by hand');
  expect(await asked('/subscription remove')).toContain('Removed');
  expect(await asked('/subscription remove')).toContain('There is no subscription here.');
});

test('subscriptions of another channel cannot be touched', async () => {
  const { answer, db } = await archive();
  await saveSubscription(db, aSubscription({ id: 'theirs', channel: { platform: 'slack', address: 'C9' } }));
  expect(shown(await answer.typed('/subscription remove id:theirs', reader))).toContain(
    'There is no subscription here.',
  );
});

test('who may not manage the channel may not subscribe it', async () => {
  const { answer } = await archive();
  expect(shown(await answer.typed('/subscribe', { ...reader, manages: false }))).toContain(
    'Only somebody who manages',
  );
});

test('/subscribe posts to another channel of the same workspace, and only where the asker manages that too', async () => {
  const { answer, db } = await archive();
  const here = { platform: 'slack', address: 'T1/C1' } as const;
  const asker = {
    ...reader,
    channel: here,
    managesAt: ({ address }: { address: string }) => Promise.resolve(address !== 'T1/C3'),
  };
  await answer.typed('/subscribe channel:C2', asker);
  await answer.typed('/subscribe T9/C2', asker);
  expect(shown(await answer.typed('/subscribe C3', asker))).toMatch(/manages/);
  expect((await findSubscriptions(db)).map(({ channel }) => channel.address)).toEqual(['T1/C2', 'T1/C2']);
});

function never(): never {
  throw new Error('Nothing was posted');
}
