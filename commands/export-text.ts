import { stringify } from 'csv-stringify/sync';
import { harmless } from '../src/message.ts';
import { type Row, rowsOf, type Sheet, type Writer } from './export-rows.ts';

/**
 * A table for spreadsheets (RFC 4180), in UTF-8 with a mark at the beginning, without which some of them take it for
 * another charset. No cell is taken for a formula.
 */
export function csv(sheet: Sheet, writer: Writer): string {
  const rows = rowsOf(sheet, writer).map(({ fields }) => fields);
  const columns = Object.keys(rows[0] ?? {});
  return stringify(
    rows.map((row) => columns.map((column) => cellOf(row[column] ?? ''))),
    { header: true, columns, bom: true, escape_formulas: true, record_delimiter: 'windows' },
  );
}

export function json(sheet: Sheet, writer: Writer): string {
  const rows = rowsOf(sheet, writer).map(({ fields }) => fields);
  const body = { topic: writer.topic.id, exported: writer.now.toISOString(), [sheet.of]: rows };
  return `${JSON.stringify(body, undefined, 2)}\n`;
}

/** One JSON object a line (jsonlines.org). */
export function jsonl(sheet: Sheet, writer: Writer): string {
  return rowsOf(sheet, writer)
    .map(({ fields }) => `${JSON.stringify(fields)}\n`)
    .join('');
}

/** A list in CommonMark, a line each. */
export function markdown(sheet: Sheet, writer: Writer): string {
  const { speech } = writer;
  return rowsOf(sheet, writer)
    .map(({ id, when, kind, title, about, pages }) => {
      const day = when === undefined ? speech.say('when.unknown') : speech.when(when);
      const links = pages.map(({ url }, index) => `[${index + 1}](<${url}>)`);
      const parts = [...[kind, title, about].map(plainMarkdown), links.join(' '), `\`${id}\``];
      return `- **${day}** · ${parts.filter((part) => part !== '').join(' · ')}\n`;
    })
    .join('');
}

function cellOf(value: Row['fields'][string]): string {
  return harmless(typeof value === 'object' ? value.join('; ') : String(value));
}

/** Text in which nothing formats, links, names an entity or addresses anybody. */
function plainMarkdown(text: string): string {
  return harmless(text).replaceAll(/[\\`*_{}[\]<>()#+!|~@&:]/g, (sign) => `\\${sign}`);
}
