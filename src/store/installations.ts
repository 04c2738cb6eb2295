import type { Channel } from '../subscription.ts';
import type { Queries } from './database.ts';
import { sql } from './engines/sql.ts';
import { read, written } from './json.ts';
import type { Seal } from './sealing.ts';

/** A workspace that has let Tumen in, by the platform's name of it. */
export interface Workspace {
  readonly platform: Channel['platform'];
  readonly workspace: string;
}

interface Row {
  workspace: string;
  key_id: string;
  sealed: string;
}

/** Keeps, sealed, what a platform handed over for a workspace; what was kept before gives way. */
export async function saveInstallation(
  db: Queries,
  seal: Seal,
  installed: Workspace & { readonly value: unknown },
): Promise<void> {
  const { platform, workspace, value } = installed;
  const { keyId, sealed } = seal.close(written(value), nameOf(installed));
  await db.query(sql`
    insert into installation (platform, workspace, key_id, sealed)
    values (${platform}, ${workspace}, ${keyId}, ${sealed})
    on conflict (platform, workspace) do update
    set key_id = excluded.key_id, sealed = excluded.sealed
  `);
}

/**
 * What is kept for a workspace; `undefined` when it has not let Tumen in.
 *
 * @throws {ConfigError} when it was sealed with a key that is not set
 */
export async function findInstallation(db: Queries, seal: Seal, wanted: Workspace): Promise<unknown> {
  const [row] = await db.query<Row>(sql`
    select workspace, key_id, sealed
    from installation
    where platform = ${wanted.platform} and workspace = ${wanted.workspace}
  `);
  return row === undefined ? undefined : opened(row, seal, wanted);
}

/** Forgets a workspace and its tokens. */
export async function removeInstallation(db: Queries, { platform, workspace }: Workspace): Promise<void> {
  await db.query(sql`delete from installation where platform = ${platform} and workspace = ${workspace}`);
}

/**
 * The workspaces of a platform that have let Tumen in, in order.
 *
 * @throws {ConfigError} when the tokens of one were sealed with a key that is not set
 */
export async function findWorkspaces(
  db: Queries,
  seal: Seal,
  platform: Channel['platform'],
): Promise<string[]> {
  const found = await db.query<Row>(sql`
    select workspace, key_id, sealed
    from installation
    where platform = ${platform}
    order by workspace
  `);
  for (const row of found) opened(row, seal, { platform, workspace: row.workspace });
  return found.map(({ workspace }) => workspace);
}

function opened({ key_id: keyId, sealed }: Row, seal: Seal, owner: Workspace): unknown {
  return read(seal.open({ keyId, sealed }, nameOf(owner)));
}

function nameOf({ platform, workspace }: Workspace): string {
  return `${platform} ${workspace}`;
}
