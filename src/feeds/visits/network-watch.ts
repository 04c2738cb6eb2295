import type { Failed, Fetched } from '../poll.ts';
import type { FaultCode } from '../web/faults.ts';
import { siteOf } from './site.ts';

/** So many sites that all give no answer mean that this machine has no network; so many end a round early. */
const SITES_FOR_OUTAGE = 3;
const SITES_TO_GIVE_UP = 8;

const UNANSWERED: ReadonlySet<FaultCode> = new Set([
  'blocked',
  'broken',
  'certificate',
  'late',
  'name',
  'offline',
  'proxy',
  'refused',
]);

/** Tells an outage of this machine's own network from failures of feeds, during one round of visits. */
export interface NetworkWatch<Due> {
  /** Whether so many sites in a row gave no answer that asking more is of no use. */
  isDown(): boolean;
  /** Takes what came of a visit. */
  note(due: Due, fetched: Fetched): Promise<void>;
  /** Hands on what is still held back. */
  end(): Promise<void>;
}

/**
 * Makes a watch that holds failures back until somebody has answered, which shows that the network is there.
 *
 * @param handle - takes what is handed on
 * @param addressOf - the address at which something due is visited
 */
export function makeNetworkWatch<Due>(
  handle: (due: Due, fetched: Fetched) => Promise<void>,
  addressOf: (due: Due) => string,
): NetworkWatch<Due> {
  let hasAnswer = false;
  const held: { readonly due: Due; readonly fetched: Failed }[] = [];
  const silentSites = () => new Set(held.map(({ due }) => siteOf(addressOf(due)))).size;
  const release = async (isOutage: boolean) => {
    for (const { due, fetched } of held.splice(0)) await handle(due, isOutage ? blameless(fetched) : fetched);
  };
  return {
    isDown: () => !hasAnswer && silentSites() >= SITES_TO_GIVE_UP,
    note: async (due, fetched) => {
      if (!hasAnswer && isUnanswered(fetched)) {
        held.push({ due, fetched });
        return;
      }
      hasAnswer = true;
      await release(false);
      await handle(due, fetched);
    },
    end: () => release(silentSites() >= SITES_FOR_OUTAGE),
  };
}

/** Stands for a visit that would have been of no use. */
export const NOT_TRIED: Failed = {
  kind: 'failed',
  code: 'offline',
  reason: 'not tried: its site gave no answer just before, or asked for rest',
  wireBytes: 0,
  milliseconds: 0,
};

/** Tells whether a visit ended without any answer from the publisher. */
export function isUnanswered(fetched: Fetched): fetched is Failed {
  return fetched.kind === 'failed' && fetched.code !== undefined && UNANSWERED.has(fetched.code);
}

function blameless(fetched: Failed): Failed {
  const detail = fetched === NOT_TRIED ? 'not tried' : fetched.reason;
  return { ...fetched, code: 'offline', reason: `this machine seems to have no network: ${detail}` };
}
