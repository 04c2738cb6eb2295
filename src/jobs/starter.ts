import type { Request } from '../form.ts';
import type { Day } from '../model.ts';
import type { Queries } from '../store/database.ts';
import { countEvents, findEvents } from '../store/events.ts';
import { addDays } from '../time.ts';

/** Days that the first digest looks back on. */
const FEW_DAYS = 7;
const MORE_DAYS = 30;

/** The digest with which somebody is greeted: the last week, or where that was quiet the last month in which something happened. */
export async function starterRequest(db: Queries, topic: string, today: Day): Promise<Request> {
  const week = addDays(today, 1 - FEW_DAYS);
  if ((await countEvents(db, { topic, from: week, to: today })) > 0) return lookBack(week, today);
  const [latest] = await findEvents(db, { topic, limit: 1 });
  const to = latest?.when?.end ?? today;
  return lookBack(addDays(to, 1 - MORE_DAYS), to);
}

function lookBack(from: Day, to: Day): Request {
  return { command: 'digest', subcommand: 'preview', options: { window: `${from}..${to}` } };
}
