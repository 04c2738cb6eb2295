import { expect, test } from 'vitest';
import { gather } from '../src/jobs/publishing/gathering.ts';

test('what is asked for in one turn is done together', async () => {
  const done: (readonly number[])[] = [];
  const hand = gather<number>((numbers) => Promise.resolve(done.push(numbers)));
  await Promise.all([hand(1), hand(2), Promise.resolve().then(() => hand(3))]);
  await hand(4);
  expect(done).toEqual([[1, 2, 3], [4]]);
});

test('what is asked for while work is under way waits for its end', async () => {
  const { promise: end, resolve } = Promise.withResolvers<void>();
  const done: string[] = [];
  const hand = gather<string>(async (names) => {
    done.push(`begin ${names.join(' ')}`);
    if (names.includes('slow')) await end;
    done.push('end');
  });
  const slow = hand('slow');
  await new Promise((turn) => setTimeout(turn, 5));
  const others = [hand('a'), hand('b')];
  await new Promise((turn) => setTimeout(turn, 5));
  expect(done).toEqual(['begin slow']);
  resolve();
  await Promise.all([slow, ...others]);
  expect(done).toEqual(['begin slow', 'end', 'begin a b', 'end']);
});

test('a failure is that of all who were part of it, and of nobody else', async () => {
  const hand = gather<string>((names) =>
    names.includes('bad') ? Promise.reject(new Error('no room')) : Promise.resolve(),
  );
  const ends = await Promise.allSettled([hand('bad'), hand('good')]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(hand('good')).resolves.toBeUndefined();
});
