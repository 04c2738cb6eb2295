const MARK = '"$moment":';

/** Writes a value as JSON that `read` brings back equal, its moments included. */
export function written(value: unknown): string {
  return JSON.stringify(value, function mark(this: Record<string, unknown>, key, plain: unknown) {
    // The plain value is text by now: a Date turns itself into text before it is handed over.
    const original = this[key];
    return original instanceof Date ? { $moment: original.getTime() } : plain;
  });
}

/** Reads what `written` wrote. */
export function read(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes(MARK) ? withMoments(value) : value;
}

/** Puts moments in their places. Walking through what was read takes less than half as long as reviving it on the way. */
function withMoments(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isMoment(value)) return new Date(value.$moment);
  const parts = value as Record<string, unknown>;
  for (const key of Object.keys(parts)) {
    const part = parts[key];
    if (typeof part === 'object') parts[key] = withMoments(part);
  }
  return value;
}

function isMoment(value: object): value is { $moment: number } {
  return '$moment' in value;
}
