import { saveEvents } from '../src/store/events.ts';
import { openDatabase, type Location } from '../src/store/database.ts';
import { saveItems } from '../src/store/items.ts';
import { saveSetting } from '../src/store/settings.ts';
import { anEvent, anItem } from './builders.ts';
import type { EventId, ItemId } from '../src/model.ts';

/**
 * A process that writes until it is killed, for tests of what survives: `node store-writer.ts LOCATION NAME`. Each
 * transaction stores two items, an event and a setting; its number is printed once it is committed.
 */
const [location = '""', name = 'writer'] = process.argv.slice(2);
const db = await openDatabase(JSON.parse(location) as Location);
for (let number = 0; ; number += 1) {
  const id = `${name}-${number}`;
  await db.transaction(async (tx) => {
    const items = ['a', 'b'].map((end) => anItem({ id: `${id}-${end}` as ItemId, text: `Words of ${id}.` }));
    await saveItems(
      tx,
      items.map((item) => ({ item, keys: [`url:${item.id}`] })),
    );
    await saveEvents(tx, [anEvent({ id: id as EventId })]);
    await saveSetting(tx, id, number);
  });
  process.stdout.write(`${number}\n`);
}
