// Serves artifacts to Flux's controllers: GET, HEAD and one range of a stored file, and nothing else. Only the leader listens, so that
// to be ready is to be reached at this port. No Content-Encoding: Go would unpack what it is to hold against a digest.
import { createReadStream, fstatSync, openSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { isStoredPath } from './storage.ts';

/** Answers that the server is there. */
const readyPath = '/readyz';

/** A server of the files below `root`, not listening yet. */
export const makeStorageServer = (root: string): Server =>
  createServer((request, response) => {
    response.setHeader('x-content-type-options', 'nosniff');
    const { method = '', url = '' } = request;
    if (method !== 'GET' && method !== 'HEAD') end(response, 405, { allow: 'GET, HEAD' });
    else if (url === readyPath) end(response, 200);
    else serve(root, request, response);
  });

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-length': 0, ...headers }).end();
}

function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  // As stored, a path has no character that is ever escaped.
  const path = (request.url ?? '').split('?', 1).join('').slice(1);
  if (!isStoredPath(path)) {
    end(response, 404);
    return;
  }
  let descriptor: number;
  try {
    descriptor = openSync(join(root, path), 'r');
  } catch {
    end(response, 404);
    return;
  }
  const { size } = fstatSync(descriptor);
  const range = readRange(request.headers.range, size);
  const { start, last } = range === 'none' || range === 'wrong' ? { start: 0, last: size - 1 } : range;
  const stream = createReadStream('', { fd: descriptor, start, end: last });
  if (range === 'wrong') {
    stream.destroy();
    end(response, 416, { 'content-range': `bytes */${size}` });
    return;
  }
  response.writeHead(range === 'none' ? 200 : 206, {
    'content-type': 'application/gzip',
    'content-length': last - start + 1,
    'accept-ranges': 'bytes',
    ...(range !== 'none' && { 'content-range': `bytes ${start}-${last}/${size}` }),
  });
  if (request.method === 'HEAD') {
    stream.destroy();
    response.end();
    return;
  }
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

type Range = { readonly start: number; readonly last: number };

/** One range of bytes; several, or another unit, may be answered with the whole: RFC 9110, section 14.2. */
function readRange(header: string | undefined, size: number): Range | 'none' | 'wrong' {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'none';
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start <= last ? { start, last } : 'wrong';
}
