/** A channel on Slack. Its workspace is absent where that is the one of the settings. */
export interface Spot {
  readonly team?: string;
  readonly channel: string;
}

/** The address of a channel: `C0123`, and `T0123/C0123` in a workspace other than that of the settings. */
export function addressOf({ team, channel }: Spot): string {
  return team === undefined ? channel : `${team}/${channel}`;
}

/** The channel of an address. */
export function spotOf(address: string): Spot {
  const [team, channel] = address.split('/');
  return team === undefined || channel === undefined ? { channel: address } : { team, channel };
}
