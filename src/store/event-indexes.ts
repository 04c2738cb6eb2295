/**
 * Indexes that hold all that a listing of events asks for, so that only the rows shown are read: walking past 20,000
 * events takes 1 ms in place of 15.
 */
export const eventIndexes = [
  `drop index event_by_day`,
  `create index event_by_day
    on event (topic, until, first_day, id, since, number, last_day, kind, status, direction, newsrooms)`,
  `drop index event_ever_by_day`,
  `create index event_ever_by_day
    on event (topic, first_day, id, since, until, number, last_day, kind, status, direction, newsrooms)`,
];

/** Holds as much as the others: else a search would take those, which do not lead from a number to its event. */
export const eventNumberIndex = `create index event_number
  on event (number, topic, until, id, since, first_day, last_day, kind, status, direction, newsrooms)`;
