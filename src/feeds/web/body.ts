import { Readable, type Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createInflate,
  createInflateRaw,
  createUnzip,
  createZstdDecompress,
} from 'node:zlib';
import { Fault, quotable } from './faults.ts';

/** How much of one answer is taken. */
export interface BodyLimits {
  /** Bytes over the wire, when they are compressed. */
  readonly compressedBytes: number;
  /** Bytes after unpacking, or over the wire when they are not compressed. */
  readonly bytes: number;
  /** From this long after the first byte on, fewer than 256 bytes a second count as a stall. */
  readonly patienceMs: number;
}

export interface Body {
  readonly bytes: Uint8Array;
  /** Bytes that came over the wire. */
  readonly wireBytes: number;
  /** Whether the answer came to its end; otherwise `bytes` is what came before it broke off. */
  readonly whole: boolean;
}

interface Drained {
  readonly bytes: Buffer;
  readonly whole: boolean;
}

/** Feeds shrink five- to twentyfold; what unpacks to 8 MB and more than this many times its size is a bomb. */
const LARGEST_RATIO = 200;
const RATIO_COUNTS_FROM_BYTES = 8 * 1024 * 1024;

const SLOWEST_BYTES_PER_SECOND = 256;

/** How feeds and pages begin that were never packed, whatever the header says. */
const TEXT = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<[?!a-z]|\{\s*")/i;

const LONGEST_EXPLANATION = 512 * 1024;

const MOST_CODINGS = 2;

/**
 * Reads and unpacks the body of an answer, counting while it streams.
 *
 * What the header says is not believed blindly: a body that is not packed although it says so is taken as it is, and
 * one that is packed without saying so is unpacked.
 *
 * @param codings - the Content-Encoding header; empty when there is none
 * @throws {Fault} when the body is too large, too slow, or cannot be unpacked; stream errors as they come
 */
export async function readBody(source: Readable, codings: string, limits: BodyLimits): Promise<Body> {
  const names = codingsIn(codings);
  if (names.length > MOST_CODINGS) {
    drop(source);
    throw new Fault('encoding', `the answer is packed ${names.length} times over`);
  }
  const wireLimit = names.length === 0 ? limits.bytes : limits.compressedBytes;
  const wire = await drain(source, wireLimit, limits.patienceMs);
  let { bytes, whole } = wire;
  for (const name of names.length === 0 ? [''] : names.toReversed()) {
    const unpacker = unpackerFor(name, bytes);
    if (unpacker === undefined) continue;
    const unpacked = await unpack(bytes, unpacker, limits.bytes);
    bytes = unpacked.bytes;
    whole &&= unpacked.whole;
  }
  return { bytes, wireBytes: wire.bytes.length, whole };
}

/**
 * Reads a body that only explains why there is no other: its status counts whatever becomes of it, so it is empty when it
 * is long, broken, or not there in time.
 */
export async function readExplanation(source: Readable, codings: string, patienceMs: number): Promise<Body> {
  const limits = { compressedBytes: LONGEST_EXPLANATION, bytes: LONGEST_EXPLANATION, patienceMs };
  const timer = setTimeout(() => drop(source), patienceMs);
  try {
    return await readBody(source, codings, limits);
  } catch {
    return { bytes: new Uint8Array(), wireBytes: 0, whole: false };
  } finally {
    clearTimeout(timer);
  }
}

/** Lets go of a stream that nobody will read. */
export function drop(stream: Readable): void {
  // undici tells of an early end by an 'error' event, which nobody else listens for.
  stream.on('error', () => undefined).destroy();
}

function codingsIn(header: string): string[] {
  return header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
}

async function drain(source: Readable, cap: number, patienceMs: number): Promise<Drained> {
  const parts: Buffer[] = [];
  let size = 0;
  const start = performance.now();
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > cap) throw tooLarge(cap);
      const elapsedMs = performance.now() - start;
      if (elapsedMs > patienceMs && isTooSlow(size, elapsedMs))
        throw new Fault('late', 'the answer trickles in too slowly');
      parts.push(chunk);
    }
  } catch (error) {
    if (size > 0 && isBrokenOff(error)) return { bytes: Buffer.concat(parts), whole: false };
    throw error;
  } finally {
    drop(source);
  }
  return { bytes: Buffer.concat(parts), whole: true };
}

function isTooSlow(bytes: number, elapsedMs: number): boolean {
  return bytes < (elapsedMs / 1000) * SLOWEST_BYTES_PER_SECOND;
}

function isBrokenOff(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}

/** The signature of the bytes counts more than the header; `undefined` for bytes that are not packed. */
function unpackerFor(coding: string, bytes: Buffer): Transform | undefined {
  const signed = packingOf(bytes);
  switch (signed ?? coding) {
    case '':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return signed === undefined ? undefined : createUnzip();
    case 'zstd':
      return signed === undefined ? undefined : createZstdDecompress();
    case 'deflate':
      return isZlib(bytes) ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new Fault('encoding', `the answer is packed in an unknown way ('${quotable(coding)}')`);
  }
}

/** Tells packed bytes by their first ones: gzip (RFC 1952) and zstd (RFC 8878) have a signature, brotli has none. */
function packingOf(bytes: Buffer): 'gzip' | 'zstd' | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  return bytes.length > 3 && bytes.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : undefined;
}

/** Many servers send raw deflate where RFC 9110 asks for the zlib form, which begins with this check (RFC 1950). */
function isZlib(bytes: Buffer): boolean {
  return bytes.length > 1 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

async function unpack(packed: Buffer, unpacker: Transform, cap: number): Promise<Drained> {
  const bombFrom = Math.max(RATIO_COUNTS_FROM_BYTES, packed.length * LARGEST_RATIO);
  const parts: Buffer[] = [];
  let size = 0;
  Readable.from([packed]).pipe(unpacker);
  try {
    for await (const chunk of unpacker as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > Math.min(cap, bombFrom)) throw tooLarge(size > cap ? cap : bombFrom);
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (size > 0 && isCutShort(error)) return { bytes: Buffer.concat(parts), whole: false };
    if (TEXT.test(packed.toString('latin1', 0, 64))) return { bytes: packed, whole: true };
    throw new Fault('encoding', 'the answer cannot be unpacked');
  } finally {
    unpacker.destroy();
  }
  return { bytes: Buffer.concat(parts), whole: true };
}

function isCutShort(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    code === 'Z_BUF_ERROR' || code === 'ERR_BROTLI_UNEXPECTED_END' || code === 'ZSTD_error_srcSize_wrong'
  );
}

function tooLarge(cap: number): Fault {
  return new Fault('large', `the answer is larger than ${(cap / 1024 / 1024).toFixed(1)} MB`);
}
