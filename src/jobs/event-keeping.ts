import type { Folder } from '../events/fold/folder.ts';
import { eventKeys } from '../events/fold/keys.ts';
import type { EventId, NewsEvent } from '../model.ts';
import { addAlias } from '../store/aliases.ts';
import type { Queries } from '../store/database.ts';
import { saveEvents } from '../store/events.ts';
import { saveEventKeys } from '../store/folding.ts';

/** Stores events with the keys under which folding finds them; one that has lost all its claims is found no more. */
export async function keepEvents(
  tx: Queries,
  events: readonly NewsEvent[],
  { tools }: Folder,
): Promise<void> {
  await saveEvents(tx, events);
  for (const event of events) {
    await saveEventKeys(tx, event.id, event.claims.length === 0 ? [] : eventKeys(event, tools.weightOf));
  }
}

/** Lets the id of an event lead to another, which has been stored with what it takes over, from a moment on. */
export async function keepMerge(
  tx: Queries,
  { from, into, moment }: { readonly from: EventId; readonly into: EventId; readonly moment: Date },
): Promise<void> {
  await saveEventKeys(tx, from, []);
  await addAlias(tx, { id: from, event: into, moment });
}
