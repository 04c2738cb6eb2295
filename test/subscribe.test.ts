import { expect, test } from 'vitest';
import { addDelivery, claimDeliveries, markPosted } from '../src/store/deliveries.ts';
import { findSubscriptions, saveSubscription } from '../src/store/subscriptions.ts';
import { parseDay } from '../src/time.ts';
import { aSubscription } from './builders.ts';
import { archive, reader, shown, strike } from './desk.ts';

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

test('/digest last tells the digest again as it was known then, whatever has become known since', async () => {
  const now = new Date('2024-01-04T08:00:00Z');
  const { answer, db, saved } = await archive(undefined, new Date('2024-02-01T08:00:00Z'));
  const here = aSubscription({ id: 'here', channel: reader.channel, zone: 'UTC' });
  await saveSubscription(db, here);
  const period = { from: parseDay('2024-01-03'), to: parseDay('2024-01-03'), zone: 'UTC' };
  await addDelivery(db, { subscription: 'here', period, slot: now.toISOString(), due: now });
  const [claimed] = await claimDeliveries(db, { now, leaseMs: 1000, limit: 1 });
  if (claimed === undefined) throw new Error('The delivery cannot be claimed');
  await markPosted(db, claimed, { message: 'm1', at: now, events: [] });
  await saved([{ ...strike, status: 'retracted', changed: new Date('2024-01-20T00:00:00Z') }]);

  const text = shown(await answer.typed('/digest last', reader));
  expect(text).toContain('Tumen digest · Wednesday, 3 January 2024');
  expect(text).toContain('contested · 2024-01-02-k7');
  expect(text).not.toContain('retracted');
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
  await answer.typed('/subscribe kinds:troops language:fr', reader);
  expect(shown(await answer.typed('/subscription test', reader))).toContain(
    'Rien de nouveau sur cette période.',
  );
});

test.each([
  ['zone:Mars/Olympus', "There is no time zone 'Mars/Olympus'. Try Europe/Paris or Asia/Seoul."],
  ['time:25:00', "'25:00' is no time of day. Try 08:00."],
  ['quiet:late', "'late' is no span of hours. Try 22:00-07:00."],
  ['time:23:00 quiet:22:00-07:00', 'The quiet hours leave no time for any digest.'],
  ['kinds:weather', "'weather' is no kinds."],
  ['schedule:monthly', "'monthly' is no schedule. Choose one of: hourly, daily, on weekdays, weekly."],
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
