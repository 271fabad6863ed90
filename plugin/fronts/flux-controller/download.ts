// An artifact of Flux: a plain GET, tried again where that may help, and held against its digest over the bytes as sent.
// https://github.com/fluxcd/pkg/blob/main/http/fetch/archive_fetcher.go
import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

export interface Download {
  readonly url: string;
  /** `sha256:...`, `sha384:...` or `sha512:...`. */
  readonly digest: string;
  /** Where the bytes go. */
  readonly file: string;
  readonly maxBytes: number;
  /** In milliseconds, before each attempt but the first. */
  readonly pauses: readonly number[];
  readonly stop: AbortSignal;
}

/** Why there is no artifact. `isGone`: it was there once, and the source has another by now. */
export class DownloadFailure extends Error {
  readonly isGone: boolean;

  constructor(message: string, isGone = false) {
    super(message);
    this.isGone = isGone;
  }
}

const idleLimit = 30_000;
const algorithms = ['sha256', 'sha384', 'sha512'];

/** Writes the artifact to `file`; throws a DownloadFailure where there is none, or where it is not the one that was meant. */
export async function download(request: Download): Promise<void> {
  for (const wait of [0, ...request.pauses]) {
    if (wait > 0) await pause(wait, undefined, { signal: request.stop });
    const failure = await attempt(request);
    if (failure === undefined) return;
    if (failure.isFinal || wait === request.pauses.at(-1)) throw failure.reason;
  }
}

interface Failed {
  readonly reason: Error;
  readonly isFinal: boolean;
}

async function attempt(request: Download): Promise<Failed | undefined> {
  const [algorithm = '', expected] = request.digest.split(':');
  if (!algorithms.includes(algorithm))
    return final(`the source's artifact has a ${algorithm} digest; rayshield reads ${algorithms.join(', ')}`);
  try {
    const response = await open(request);
    const { statusCode: status = 0 } = response;
    if (status !== 200) {
      response.destroy();
      if (status === 404) return final('the source no longer has its artifact (404)', true);
      const reason = new DownloadFailure(`the source's artifact cannot be fetched: status ${status}`);
      return { reason, isFinal: status !== 429 && status < 500 };
    }
    const hash = createHash(algorithm);
    await pipeline(response, measure(hash, request.maxBytes), createWriteStream(request.file, { mode: 0o600 }));
    if (hash.digest('hex') === expected) return undefined;
    return { reason: new DownloadFailure("the artifact is not what its source's digest says"), isFinal: false };
  } catch (error) {
    if (error instanceof DownloadFailure) return { reason: error, isFinal: true };
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'the connection broke off';
    return { reason: new DownloadFailure(`the source's artifact cannot be fetched: ${reason}`), isFinal: false };
  }
}

const final = (message: string, isGone = false): Failed => ({
  reason: new DownloadFailure(message, isGone),
  isFinal: true,
});

/** No redirect is followed: Flux's sources make none, and one could lead anywhere. */
function open({ url, stop }: Download): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (!/^https?:/.test(url)) {
      reject(new DownloadFailure("the URL of the source's artifact is neither http nor https"));
      return;
    }
    const get = url.startsWith('https:') ? httpsGet : httpGet;
    const sent = get(url, { signal: stop, timeout: idleLimit, headers: { 'accept-encoding': 'identity' } }, resolve);
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    sent.on('error', reject);
  });
}

function measure(hash: Hash, maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > maxBytes) done(new DownloadFailure(`the source's artifact is larger than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
}
