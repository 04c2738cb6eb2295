import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../src/store/database.ts';
import { makeTending } from '../src/store/engines/postgres-tending.ts';
import { raw } from '../src/store/engines/sql.ts';
import { saveItems } from '../src/store/items.ts';
import { anItem } from './builders.ts';
import { emptyPostgres } from './database.ts';
import { startPostgres } from './postgres.ts';

const server = await startPostgres();
afterAll(() => server?.stop());

test('what waits is taken in once enough does, and not before', async () => {
  let count = 0;
  const tending = makeTending(async () => {
    count += 1;
    return 0;
  });

  await tending.noteIndexed(1);
  const before = count;
  await tending.noteIndexed(10_000_000);
  await tending.noteIndexed(1);
  expect([before, count]).toEqual([0, 1]);
});

test('a large index is made to take in more at a time, and a very large one no more still', async () => {
  const tries = await Promise.all([1, 700_000_000, 1e12].map(takenOf));
  expect(tries).toEqual([3, 2, 2]);
});

/** How often an index of so many bytes takes in what waits, of 5, 5 and 10 million characters. */
async function takenOf(bytes: number): Promise<number> {
  let count = 0;
  const tending = makeTending(async () => {
    count += 1;
    return bytes;
  });
  for (const characters of [5e6, 5e6, 10e6]) {
    await tending.noteIndexed(characters);
    await tending.end();
  }
  return count;
}

test('storing goes on while the index takes in what waits, and waits when as much again does', async () => {
  const taken = Promise.withResolvers<number>();
  const tending = makeTending(() => taken.promise);
  await tending.noteIndexed(10_000_000);
  await tending.noteIndexed(1);

  const stored = tending.noteIndexed(10_000_000).then(() => 'stored');
  const first = await Promise.race([stored, new Promise((resolve) => setImmediate(resolve, 'waits'))]);
  taken.resolve(0);
  expect([first, await stored]).toEqual(['waits', 'stored']);
});

test('an index that cannot be made to take in what waits holds up nobody', async () => {
  const tending = makeTending(() => Promise.reject(new Error('no right to')));
  await tending.noteIndexed(10_000_000);
  await tending.noteIndexed(10_000_000);
  await expect(tending.end()).resolves.toBeUndefined();
});

test.skipIf(server === undefined)('on a server, nothing waits any more once it was taken in', async () => {
  const db = await openDatabase({ url: server === undefined ? '' : await emptyPostgres(server) });
  await saveItems(db, [{ item: anItem(), keys: [] }]);

  await db.archive.noteIndexed(10_000_000);
  // As the next to store does, this waits for what is under way.
  await db.archive.noteIndexed(10_000_000);
  const left = await db.query(raw(`select gin_clean_pending_list('item_words_by_word') as pages`));
  await db.close();
  expect(left).toEqual([{ pages: 0 }]);
});
