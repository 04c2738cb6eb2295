import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from '../src/store/database.ts';
import { sql } from '../src/store/engines/sql.ts';

/** What a PostgreSQL server on this machine has spent since it was started. */
export interface Spent {
  readonly processorMs: number;
  readonly logBytes: number;
}

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Reads what the server of an archive has spent, with all its processes; `undefined` for SQLite. */
export async function spentBy(db: Database): Promise<Spent | undefined> {
  if (db.dialect.name !== 'postgres') return undefined;
  const [row] = await db.query<{ bytes: string; pid: number }>(
    sql`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bytes, pg_backend_pid() as pid`,
  );
  const server = timesOf(String(row?.pid))?.parent;
  if (row === undefined || server === undefined) return undefined;
  const all = readdirSync('/proc').flatMap((pid) => (/^\d+$/.test(pid) ? (timesOf(pid) ?? []) : []));
  const ticks = all.filter(({ parent }) => parent === server).reduce((sum, { own }) => sum + own, 0);
  return { processorMs: (ticks + (timesOf(server)?.whole ?? 0)) * TICK_MS, logBytes: Number(row.bytes) };
}

/** Ticks of a process, alone and with its children that have ended; `undefined` when it has ended itself. */
function timesOf(pid: string): { parent: string; own: number; whole: number } | undefined {
  try {
    // The name of the program, in brackets, may hold blanks; numbered as in proc(5), the rest begins with field 3.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
    return { parent: fields[1] ?? '', own: user + system, whole: user + system + endedUser + endedSystem };
  } catch {
    return undefined;
  }
}
