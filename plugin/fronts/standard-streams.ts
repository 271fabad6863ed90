// Standard input and output by their descriptors: quicker than Node's streams, which a run of one document would spend more
// time on than on its work. Where a descriptor was made non-blocking by somebody else (EAGAIN), the stream takes over.
import { readSync, writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { reasonOf } from './files/read-file.ts';

// What a Linux pipe holds: https://man7.org/linux/man-pages/man7/pipe.7.html
const readSize = 65_536;
// Text is encoded piece by piece, so that a large output is not in memory twice.
const pieceLength = 1_048_576;

/** All bytes of standard input, or once there are more than `limit`, what has come so far. */
export async function readStandardInput(limit: number, stream: () => Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const isDone = (chunk: Uint8Array): boolean => {
    chunks.push(chunk);
    total += chunk.length;
    return chunk.length === 0 || total > limit;
  };
  try {
    while (!isDone(readChunk()));
  } catch (error) {
    if (reasonOf(error) !== 'EAGAIN') throw error;
    for await (const chunk of stream()) if (isDone(chunk as Uint8Array)) break;
  }
  return Buffer.concat(chunks);
}

function readChunk(): Uint8Array {
  const chunk = Buffer.allocUnsafe(readSize);
  return chunk.subarray(0, readSync(0, chunk));
}

/** Writes all of `texts`; the system's code (`EPIPE`) where that cannot be. */
export async function writeStandardOutput(
  texts: readonly string[],
  stream: () => Writable,
): Promise<string | undefined> {
  for (const piece of inPieces(texts)) {
    const failure = await writeBytes(1, Buffer.from(piece), stream);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** The same text in pieces of a good size: short texts together, for each write is a call of the system. */
function* inPieces(texts: readonly string[]): Generator<string> {
  let piece: string[] = [];
  let length = 0;
  for (const text of texts) {
    piece.push(text);
    length += text.length;
    if (length < pieceLength) continue;
    yield piece.join('');
    piece = [];
    length = 0;
  }
  yield piece.join('');
}

/** Writes to standard error; nobody is left to be told where that fails. */
export async function writeStandardError(text: string, stream: () => Writable): Promise<void> {
  await writeBytes(2, Buffer.from(text), stream);
}

async function writeBytes(descriptor: number, bytes: Uint8Array, stream: () => Writable): Promise<string | undefined> {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    return undefined;
  } catch (error) {
    const reason = reasonOf(error);
    return reason === 'EAGAIN' ? writeToStream(stream(), bytes.subarray(written)) : reason;
  }
}

function writeToStream(stream: Writable, bytes: Uint8Array): Promise<string | undefined> {
  return new Promise((resolve) => {
    stream.once('error', (error) => resolve(reasonOf(error)));
    stream.write(bytes, (error) => resolve(error ? reasonOf(error) : undefined));
  });
}
