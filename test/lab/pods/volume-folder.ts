// How the kubelet lays a volume out: a folder of one moment, `..data` that points to it, and a link for each name, so that a
// change is seen whole or not at all (pkg/volume/util/atomic_writer.go in https://github.com/kubernetes/kubernetes).
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from './volumes.ts';

function hasSame(folder: string, files: Files): boolean {
  const data = join(folder, '..data');
  if (!existsSync(data)) return false;
  const present = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  if (present.length !== files.size) return false;
  return [...files].every(([path, content]) => {
    const file = join(data, path);
    return existsSync(file) && content.equals(readFileSync(file));
  });
}

/** Makes a volume's folder hold these files, if it does not yet. */
export function writeVolume(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  if (hasSame(folder, files)) return;
  const old = readdirSync(folder).filter((name) => name.startsWith('..') && name !== '..data');
  const moment = `..${old.length}_${process.hrtime.bigint()}`;
  mkdirSync(join(folder, moment));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, moment, path)), { recursive: true });
    writeFileSync(join(folder, moment, path), content);
  }
  symlinkSync(moment, join(folder, '..next'));
  renameSync(join(folder, '..next'), join(folder, '..data'));
  const names = new Set([...files.keys()].map((path) => path.split('/')[0] ?? path));
  const links = readdirSync(folder).filter((name) => !name.startsWith('..'));
  for (const name of links) if (!names.has(name)) rmSync(join(folder, name));
  for (const name of names) if (!links.includes(name)) symlinkSync(`..data/${name}`, join(folder, name));
  for (const name of old) rmSync(join(folder, name), { recursive: true });
}
