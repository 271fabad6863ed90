// Artifacts on disk: `externalartifact/<namespace>/<name>/<hash of the content>.tar.gz`, each written beside its place and then
// renamed. Of one object the two newest are kept, and whatever is younger than a minute: a consumer may just have read its URL.
// https://github.com/fluxcd/pkg/tree/main/artifact/storage
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Key, splitKey } from './api.ts';

export interface Stored {
  /** Below the root, and below the address that it is served at. */
  readonly path: string;
  readonly digest: string;
  readonly size: number;
}

export interface Storage {
  readonly root: string;
  put(key: Key, hash: string, bytes: Uint8Array): Stored;
  /** Whether the file at `path` has that digest. */
  holds(path: string, digest: string): boolean;
  /** Removes what nobody needs of an object: all but the newest. */
  prune(key: Key): void;
  removeAll(key: Key): void;
  /** Removes one file, if it is there. */
  remove(path: string): void;
  /** The objects of which there is something. */
  keys(): readonly Key[];
}

/** As Flux's --artifact-retention-ttl and --artifact-retention-records. */
const retention = { age: 60_000, records: 2 };
const top = 'externalartifact';

export const isStoredPath = (path: string): boolean =>
  /^externalartifact(\/[a-z0-9][a-z0-9.-]*){2}\/[0-9a-f]{64}\.tar\.gz$/.test(path);

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** The storage in the folder `root`; `now` in milliseconds. */
export function openStorage(root: string, now: () => number = Date.now): Storage {
  mkdirSync(join(root, top), { recursive: true });
  removePartial(root);
  const folderOf = (key: Key): string => join(root, top, ...Object.values(splitKey(key)));
  return {
    root,
    put(key, hash, bytes) {
      const { namespace, name } = splitKey(key);
      const path = `${top}/${namespace}/${name}/${hash}.tar.gz`;
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true, mode: 0o750 });
      const stage = `${file}.partial`;
      writeFileSync(stage, bytes, { mode: 0o600 });
      renameSync(stage, file);
      return { path, digest: digestOf(bytes), size: bytes.length };
    },
    holds(path, digest) {
      if (!isStoredPath(path)) return false;
      try {
        return digestOf(readFileSync(join(root, path))) === digest;
      } catch {
        return false;
      }
    },
    prune(key) {
      const files = listFolder(folderOf(key))
        .map((name) => join(folderOf(key), name))
        .map((file) => ({ file, at: statSync(file).mtimeMs }))
        .sort((a, b) => b.at - a.at);
      for (const { file, at } of files.slice(retention.records)) if (now() - at > retention.age) rmSync(file);
    },
    remove: (path) => {
      if (isStoredPath(path)) rmSync(join(root, path), { force: true });
    },
    removeAll: (key) => rmSync(folderOf(key), { recursive: true, force: true }),
    keys: () =>
      listFolder(join(root, top)).flatMap((namespace) =>
        listFolder(join(root, top, namespace)).map((name) => `${namespace}/${name}`),
      ),
  };
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** What a crash has left half-written. */
function removePartial(root: string): void {
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.partial')) rmSync(join(root, name), { force: true });
}
