// A tar.gz into a folder that is ours alone, as hostile as it may be: nothing is written outside, no link is written through, and
// there is an end to it. Links are made last, and only those that stay inside.
import { createReadStream, createWriteStream, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Entry, extract, type Headers } from 'tar-stream';
import { isInside } from '../files/walk.ts';

export interface UnpackLimits {
  readonly bytes: number;
  readonly entries: number;
}

/** Why an archive was not taken. */
export class UnpackFailure extends Error {}

interface Link {
  readonly path: string;
  readonly target: string;
  readonly name: string;
}

/** Unpacks the archive `file` into `folder`, which is there and empty. */
export async function unpack(file: string, folder: string, limits: UnpackLimits): Promise<void> {
  const links: Link[] = [];
  const entries = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), entries);
  // Told of below; until then nobody waits for it.
  reading.catch(() => {});
  const count = makeCounter(limits);
  try {
    for await (const entry of entries) {
      count(entry.header);
      await place(entry, folder, links);
    }
    await reading;
  } catch (error) {
    throw explain(error);
  } finally {
    entries.destroy();
  }
  for (const link of links) makeLink(link, realpathSync.native(folder));
}

function makeCounter(limits: UnpackLimits): (header: Headers) => void {
  let [bytes, entries] = [0, 0];
  return ({ size = 0 }) => {
    entries += 1;
    bytes += size;
    if (entries > limits.entries) throw new UnpackFailure(`it has more than ${limits.entries} entries`);
    if (bytes > limits.bytes) throw new UnpackFailure(`it is larger than ${limits.bytes} bytes when unpacked`);
  };
}

/** Writes a file or makes a folder; a link is left for later. */
async function place(entry: Entry, folder: string, links: Link[]): Promise<void> {
  const { header } = entry;
  const path = placeOf(header, folder);
  if (path !== undefined && header.type === 'file') {
    mkdirSync(dirname(path), { recursive: true });
    await pipeline(entry, createWriteStream(path, { mode: 0o600 }));
    return;
  }
  if (path !== undefined && header.type === 'directory') mkdirSync(path, { recursive: true });
  if (path !== undefined && header.type === 'symlink') {
    links.push({ path, target: header.linkname ?? '', name: header.name });
  }
  entry.resume();
}

const taken: readonly unknown[] = ['file', 'directory', 'symlink'];

/** Where an entry goes; undefined for the folder itself. */
function placeOf({ name, type }: Headers, folder: string): string | undefined {
  if (!taken.includes(type)) throw new UnpackFailure(`an entry is a ${type ?? 'thing of no type'}, not a file`);
  const steps = name.split('/').filter((step) => step !== '' && step !== '.');
  const isAbsolute = name.startsWith('/') || name.includes('\\') || name.includes('\0');
  if (isAbsolute || steps.includes('..')) throw new UnpackFailure('an entry leads out of the archive');
  return steps.length === 0 ? undefined : join(folder, ...steps);
}

/** A link that leads out of the folder, or nowhere, is refused as Argo CD refuses it in a repository. */
function makeLink({ path, target, name }: Link, root: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
    // As the system follows it: Node's own realpathSync takes `..` behind a link away before it follows the link.
    if (isInside(root, realpathSync.native(path))) return;
  } catch {
    // What leads nowhere cannot be followed, so that nothing is told of it but that it is refused.
  }
  rmSync(path, { force: true });
  throw new UnpackFailure(`the link ${JSON.stringify(name)} leads out of the archive, or nowhere`);
}

function explain(error: unknown): Error {
  if (error instanceof UnpackFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) return new UnpackFailure('it is no gzip, or is cut short');
  if (code !== '') return new UnpackFailure(`it cannot be unpacked: ${code}`);
  return new UnpackFailure('it is no tar archive, or is cut short');
}
