import { expect, test } from 'vitest';
import { PostError } from '../src/errors.ts';
import { addAlias } from '../src/store/aliases.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import { aCitation, aClaim, aClaimant, anEvent } from './builders.ts';
import { aNewsroom, texts } from './newsroom.ts';

const seoul = aClaim();
const strong = anEvent({
  id: '2024-10-23-k7' as never,
  status: 'corroborated',
  newsrooms: 4,
  claims: [seoul],
  citations: [aCitation({ title: 'Docked', published: new Date('2024-10-23T09:50:00Z') })],
});
const denied = {
  ...strong,
  status: 'contested' as const,
  claims: [
    seoul,
    aClaim({ stance: 'denies', claimants: [aClaimant({ id: 'kremlin', name: 'the Kremlin' })] }),
  ],
};

/** A channel that wants alerts, at ten on a morning. */
async function aWatch(mode: 'instant' | 'both' = 'instant') {
  return aNewsroom({ wishes: { mode }, now: '2024-10-23T10:00:00Z', created: '2024-10-23T07:00:00Z' });
}

test('an event of weight is told at once, in one post, however often one looks', async () => {
  const { learn, at, posts } = await aWatch();
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await at('2024-10-23T10:01:00Z');
  expect(texts(posts)).toEqual([expect.stringContaining('A ship docks in Rajin')]);
});

test('what happens later edits the post and adds one line under it', async () => {
  const { learn, at, posts, shown } = await aWatch();
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await learn(denied, '2024-10-23T10:30:00Z');
  await at('2024-10-23T10:31:00Z');
  await at('2024-10-23T10:32:00Z');
  expect(posts).toHaveLength(2);
  expect(posts[1]).toMatchObject({ thread: posts[0]?.name });
  expect(texts(posts)[1]).toMatch(/Now contested; was corroborated/);
  expect(shown(posts[0]?.name ?? '')).toContain('contested');
});

test('where all goes into one thread, what happens later goes there too', async () => {
  const { learn, at, posts, db, subscription } = await aWatch();
  await saveSubscription(db, { ...subscription, wishes: { mode: 'instant', thread: 't1' } });
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await learn(denied, '2024-10-23T10:30:00Z');
  await at('2024-10-23T10:31:00Z');
  expect(posts.map(({ thread }) => thread)).toEqual(['t1', 't1']);
});

test('more newspapers with the same say nothing more', async () => {
  const { learn, at, posts, edits } = await aWatch();
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await learn({ ...strong, newsrooms: 9 }, '2024-10-23T10:30:00Z');
  await at('2024-10-23T10:31:00Z');
  expect([posts.length, edits.length]).toEqual([1, 0]);
});

test('what was taken back is struck through in the post', async () => {
  const { learn, at, posts, shown } = await aWatch();
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await learn({ ...strong, status: 'retracted' }, '2024-10-23T11:00:00Z');
  await at('2024-10-23T11:00:00Z');
  expect(texts(posts)[1]).toContain('Now retracted; was corroborated');
  expect(shown(posts[0]?.name ?? '')).toContain('Taken back by those who said it');
});

test('what was taken back before it was told is not told at all', async () => {
  const { learn, at, posts, faults } = await aWatch();
  faults.push(new PostError('slow down', { reason: 'busy', retryAfterSeconds: 60 }));
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await learn({ ...strong, status: 'retracted' }, '2024-10-23T10:00:30Z');
  await at('2024-10-23T10:02:00Z');
  expect(posts).toHaveLength(0);
});

test.each([
  ['became known while nothing ran', strong, '2024-10-23T06:00:00Z'],
  [
    'was printed hours before it was read',
    { ...strong, citations: [aCitation({ title: 'Docked', published: new Date('2024-10-23T05:00:00Z') })] },
    '2024-10-23T09:59:00Z',
  ],
  ['is history told again', { ...strong, claims: [aClaim({ role: 'background' })] }, '2024-10-23T09:59:00Z'],
  ['one newspaper claims', { ...strong, status: 'claimed' as const, newsrooms: 1 }, '2024-10-23T09:59:00Z'],
])('what %s has no alert', async (_, event, known) => {
  const { learn, at, posts } = await aWatch();
  await learn(event, known);
  await at('2024-10-23T10:00:00Z');
  expect(posts).toHaveLength(0);
});

test('at most six alerts come within an hour, and the rest together', async () => {
  const { learn, at, posts } = await aWatch();
  const many = Array.from({ length: 9 }, (_, index) => ({ ...strong, id: `2024-10-23-m${index}` as never }));
  for (const event of many) await learn(event, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  expect(posts).toHaveLength(6);
  await at('2024-10-23T11:00:00Z');
  expect(posts).toHaveLength(7);
  expect(texts(posts)[6]).toContain('3 events of weight');
});

test('in quiet hours alerts wait, and come together when they end', async () => {
  const { learn, at, posts, db, subscription } = await aWatch();
  await saveSubscription(db, {
    ...subscription,
    wishes: { mode: 'instant', quiet: { from: '11:00', to: '14:00' } },
  });
  await learn(strong, '2024-10-23T09:59:00Z');
  await learn({ ...strong, id: '2024-10-23-b2' as never }, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await at('2024-10-23T11:59:00Z');
  expect(posts).toHaveLength(0);
  await at('2024-10-23T12:00:00Z');
  expect(texts(posts)).toEqual([expect.stringContaining('2 events of weight')]);
});

test('of two alerts about what turns out to be one event the one given up leads to the other', async () => {
  const { learn, at, posts, shown, db } = await aWatch();
  const other = { ...strong, id: '2024-10-23-b2' as never };
  await learn(strong, '2024-10-23T09:59:00Z');
  await learn(other, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await learn({ ...strong, newsrooms: 6 }, '2024-10-23T10:10:00Z');
  await addAlias(db, { id: other.id, event: strong.id, moment: new Date('2024-10-23T10:10:00Z') });
  await at('2024-10-23T10:11:00Z');
  await at('2024-10-23T10:12:00Z');
  expect(posts).toHaveLength(3);
  expect(texts(posts)[2]).toContain('The same event as /event id:2024-10-23-k7');
  expect(shown(posts[2]?.thread ?? '')).toContain('The same event as');
});

test('a line whose answer was lost is not doubled', async () => {
  const { learn, at, posts, faults } = await aWatch();
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  faults.push('lost');
  await learn(denied, '2024-10-23T10:30:00Z');
  await at('2024-10-23T10:31:00Z');
  await at('2024-10-23T10:40:00Z');
  expect(posts).toHaveLength(2);
});

test('a digest names in one line what alerts have told, and tells as news only what came after', async () => {
  const { learn, at, posts } = await aWatch('both');
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await at('2024-10-24T06:00:00Z');
  expect(texts(posts)[1]).toMatch(/Already told in alerts\n.*A ship docks in Rajin/);
  expect(texts(posts)[1]).not.toMatch(/\nNew\n|Nothing new/);

  await learn(denied, '2024-10-24T07:00:00Z');
  await at('2024-10-25T06:00:00Z');
  expect(texts(posts)[2]).toMatch(/Denials\n.*A ship docks in Rajin\n.*Now contested; was corroborated/);
});

test('a channel that wants alerts alone gets no digest', async () => {
  const { at, posts } = await aWatch('instant');
  await at('2024-10-24T06:00:00Z');
  expect(posts).toHaveLength(0);
});
