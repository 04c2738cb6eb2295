import type { ColumnTypes } from './engines/dialect.ts';

/** Where workspaces keep that they have let Tumen in: `sealed` holds the tokens, so that no copy of the archive gives them away. */
export function installationTable({ text }: ColumnTypes): string {
  return `create table installation (
    platform ${text} not null,
    workspace ${text} not null,
    key_id ${text} not null,
    sealed ${text} not null,
    primary key (platform, workspace)
  )`;
}
