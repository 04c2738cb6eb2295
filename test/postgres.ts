import { execFile, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL server of our own, reached only through a socket in a folder that nobody else can enter. */
export interface Server {
  /** The address of a database on it. */
  url(database: string): string;
  /** Ends all its processes at once by SIGKILL, as a power cut or a kernel short of memory would, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

type User = { uid?: number; gid?: number };

const START_TIMEOUT_MS = 30_000;

/**
 * Starts a server on an empty data folder.
 *
 * @param options.safe - waits for the disk as a real server does, for tests of what survives; slower
 * @returns `undefined` where this machine has no server's programs, or this user is root and there is no other user to
 * run them, as the server refuses root
 */
export async function startPostgres({ safe = false } = {}): Promise<Server | undefined> {
  const programs = await programFolder();
  const user = await unprivilegedUser();
  if (programs === undefined || user === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'tumen-postgres-'));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid ?? user.uid);
  const data = join(folder, 'data');
  await promisify(execFile)(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'tumen', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder },
  );
  return serverOn({ programs, folder, data, user, safe });
}

async function serverOn(place: {
  programs: string;
  folder: string;
  data: string;
  user: User;
  safe: boolean;
}): Promise<Server> {
  const { folder, data } = place;
  let server = await launch(place);
  return {
    url: (database) => `postgres://tumen@/${database}?host=${encodeURIComponent(folder)}`,
    async crash() {
      await server.kill();
      server = await launch(place);
    },
    async stop() {
      await server.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
  async function launch({ programs, user, safe }: typeof place) {
    const settings = [
      `listen_addresses=`,
      `unix_socket_directories=${folder}`,
      `max_connections=60`,
      ...(safe ? [] : [`fsync=off`]),
    ];
    const child = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // A test run that dies must not leave the server behind.
    const kill = () => child.kill('SIGQUIT');
    process.once('exit', kill);
    await accepting(join(programs, 'pg_isready'), folder);
    return {
      async end() {
        process.off('exit', kill);
        child.kill('SIGINT');
        await ended;
      },
      async kill() {
        process.off('exit', kill);
        const serving = await childrenOf(child.pid);
        child.kill('SIGKILL');
        serving.forEach(killed);
        await ended;
        // A server does not start while a process of the last one still holds its shared memory.
        while (serving.some(killed)) await new Promise((resolve) => setTimeout(resolve, 5));
      },
    };
  }
}

async function childrenOf(pid: number | undefined): Promise<number[]> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]);
  return stdout.split('\n').filter(Boolean).map(Number);
}

/** Kills a process; false when there is none any more. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function accepting(program: string, folder: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await promisify(execFile)(program, ['-q', '-h', folder]);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw new Error('PostgreSQL did not start', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The newest server's programs: Debian keeps them off the PATH. */
async function programFolder(): Promise<string | undefined> {
  const debian = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  );
  const { stdout } = await promisify(execFile)('sh', ['-c', 'command -v postgres || true']);
  return [...debian, dirname(stdout.trim())].find((folder) =>
    ['postgres', 'initdb', 'pg_isready'].every((program) => existsSync(join(folder, program))),
  );
}

async function unprivilegedUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return {};
  try {
    const { stdout: uid } = await promisify(execFile)('id', ['-u', 'postgres']);
    const { stdout: gid } = await promisify(execFile)('id', ['-g', 'postgres']);
    return { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}
