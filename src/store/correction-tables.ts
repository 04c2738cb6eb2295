import type { ColumnTypes } from './engines/dialect.ts';

/** Which events a correction touches: more than one where it merged or split. */
export function correctionTables({ text, keyed }: ColumnTypes): readonly string[] {
  return [
    `create table corrected_event (
      event ${text} not null,
      correction ${text} not null,
      primary key (event, correction)
    )${keyed}`,
    `insert into corrected_event (event, correction) select event, id from correction`,
  ];
}
