/** One post to make. */
export interface Task {
  /** Whose turn it counts as: the workspace of the channel. */
  readonly workspace: string;
  readonly channel: string;
  /**
   * Makes the post. Never rejects.
   *
   * @returns how many milliseconds to leave the channel alone, where the platform asked to wait; the task is then run again
   */
  run(): Promise<number | undefined>;
}

/** Whose turn it is. */
export type Turn =
  | { readonly kind: 'now'; readonly task: Task }
  /** At that moment, as `performance.now()` counts, or once something under way has ended. */
  | { readonly kind: 'later'; readonly at: number };

/** Tasks that wait for their turn. */
export interface Turns {
  add(task: Task): void;
  /** Takes the next task: one at a time in a channel, channels in turn within a workspace, workspaces in turn. */
  next(now: number): Turn;
  /**
   * Ends the turn of a task.
   *
   * @param notBefore - when its channel may have another turn
   * @param isAgain - whether it is to be run again
   */
  end(task: Task, notBefore: number, isAgain: boolean): void;
  readonly waiting: number;
  /** Forgets all that wait. */
  clear(): void;
}

interface Channel {
  readonly tasks: Task[];
  isBusy: boolean;
  notBefore: number;
}

type Channels = Map<string, Channel>;

/** Makes a line in which nobody has waited yet. */
export function makeTurns(): Turns {
  // In the order of their turns: who has had one goes to the end.
  const workspaces = new Map<string, Channels>();
  let waiting = 0;

  const channelOf = ({ workspace, channel }: Task): Channel => {
    const channels: Channels = workspaces.get(workspace) ?? new Map();
    const known = channels.get(channel) ?? { tasks: [], isBusy: false, notBefore: 0 };
    workspaces.set(workspace, channels.set(channel, known));
    return known;
  };

  return {
    add(task) {
      channelOf(task).tasks.push(task);
      waiting += 1;
    },
    next(now) {
      let at = Infinity;
      for (const [workspace, channels] of workspaces) {
        const turn = nextIn(channels, now);
        if (channels.size === 0) workspaces.delete(workspace);
        if (turn.kind === 'later') at = Math.min(at, turn.at);
        else {
          workspaces.delete(workspace);
          workspaces.set(workspace, channels);
          waiting -= 1;
          return turn;
        }
      }
      return { kind: 'later', at };
    },
    end(task, notBefore, isAgain) {
      const channel = channelOf(task);
      channel.isBusy = false;
      channel.notBefore = notBefore;
      if (!isAgain) return;
      channel.tasks.unshift(task);
      waiting += 1;
    },
    get waiting() {
      return waiting;
    },
    clear() {
      for (const channels of workspaces.values()) for (const { tasks } of channels.values()) tasks.length = 0;
      waiting = 0;
    },
  };
}

/** The next task of a workspace; channels that have none and need not be left alone are forgotten. */
function nextIn(channels: Channels, now: number): Turn {
  let at = Infinity;
  for (const [name, channel] of channels) {
    if (channel.isBusy) continue;
    const [task] = channel.tasks;
    const isFree = channel.notBefore <= now;
    if (!isFree && task !== undefined) at = Math.min(at, channel.notBefore);
    if (!isFree) continue;
    channels.delete(name);
    if (task === undefined) continue;
    channels.set(name, channel);
    channel.tasks.shift();
    channel.isBusy = true;
    return { kind: 'now', task };
  }
  return { kind: 'later', at };
}
