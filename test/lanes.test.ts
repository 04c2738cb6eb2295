import { expect, test } from 'vitest';
import { makeLanes } from '../src/jobs/publishing/lanes.ts';
import { makeTurns, type Task } from '../src/jobs/publishing/turns.ts';

const LONG_MS = 60_000;

/** A post that ends when it is told to. */
function aTask(
  workspace: string,
  channel: string,
  run: Task['run'] = () => Promise.resolve(undefined),
): Task {
  return { workspace, channel, run };
}

test('workspaces have their turn one after the other, however much one of them has waiting', () => {
  const turns = makeTurns();
  for (let number = 0; number < 5; number += 1) turns.add(aTask('large', `c${number}`));
  turns.add(aTask('small', 'c'));
  const order = Array.from({ length: 6 }, () => {
    const turn = turns.next(0);
    return turn.kind === 'now' ? turn.task.workspace : 'nobody';
  });
  expect(order).toEqual(['large', 'small', 'large', 'large', 'large', 'large']);
});

test('a channel gets one post at a time, in order, and is left alone for as long as it asks', () => {
  const turns = makeTurns();
  const [first, second] = [aTask('w', 'c'), aTask('w', 'c')];
  turns.add(first);
  turns.add(second);
  expect(turns.next(0)).toEqual({ kind: 'now', task: first });
  expect(turns.next(0)).toEqual({ kind: 'later', at: Infinity });
  turns.end(first, 500, true);
  expect(turns.next(499)).toEqual({ kind: 'later', at: 500 });
  expect(turns.next(500)).toEqual({ kind: 'now', task: first });
  turns.end(first, 0, false);
  expect(turns.next(500)).toEqual({ kind: 'now', task: second });
});

test('a channel that does not answer holds up no other', async () => {
  const lanes = makeLanes();
  const done: string[] = [];
  const { promise: answer, resolve } = Promise.withResolvers<undefined>();
  lanes.add(aTask('w', 'dead', () => answer));
  for (const channel of ['a', 'b', 'c']) {
    lanes.add(
      aTask('w', channel, async () => {
        done.push(channel);
        return undefined;
      }),
    );
  }
  await lanes.settled(1);
  expect(done).toEqual(['a', 'b', 'c']);
  resolve(undefined);
  await lanes.settled(LONG_MS);
  expect(lanes.waiting).toBe(0);
});

test('a post that was asked to wait is made again', async () => {
  const lanes = makeLanes();
  let attempts = 0;
  lanes.add(
    aTask('w', 'c', async () => {
      attempts += 1;
      return attempts === 1 ? 1 : undefined;
    }),
  );
  await lanes.settled(LONG_MS);
  expect(attempts).toBe(2);
});

test('what waits can be forgotten while what is under way goes on', async () => {
  const lanes = makeLanes({ perSecond: 0.001, betweenMs: 0 });
  let made = 0;
  const count = async () => {
    made += 1;
    return undefined;
  };
  for (const channel of ['a', 'b', 'c']) lanes.add(aTask('w', channel, count));
  lanes.clear();
  expect(lanes.waiting).toBe(0);
  await lanes.settled(LONG_MS);
  expect(made).toBe(1);
});
