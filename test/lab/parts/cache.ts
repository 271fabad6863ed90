// The cache: `<part>-<key>` for each part, its status in `status/<part>-<recipe>.json`, the output of its tools in `logs`.
// A part stays where it is built, because a virtual environment has its own path in it; so what makes it whole is not a
// rename but its status, which is written last. A directory that no status names is the rest of an interrupted run.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { digest, findRecipe } from './key.ts';
import type { Part } from './part.ts';

/** What the last set-up made of a part. */
export type Status =
  | {
      readonly directory: string;
      readonly seconds: number;
      readonly bytes: number;
      readonly remarks: readonly string[];
    }
  | { readonly missing: string };

/** Outside the clone, so that a new clone finds what is there (XDG Base Directory Specification). */
export const findCache = (env: NodeJS.ProcessEnv = process.env): string =>
  env['RAYSHIELD_LAB_CACHE'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rayshield-lab');

/** The directory of a part that a tool of this version makes. */
export const directoryOfPart = (part: Part, toolVersion: string): string =>
  join(findCache(), `${part.name}-${digest({ recipe: findRecipe(part), tool: toolVersion })}`);

const fileOfStatus = (part: Part): string => join(findCache(), 'status', `${part.name}-${findRecipe(part)}.json`);

/** What is known of a part as it is pinned now; undefined where no set-up has come to it. */
export function readStatus(part: Part): Status | undefined {
  const file = fileOfStatus(part);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Status) : undefined;
}

export function writeStatus(part: Part, status: Status): void {
  const file = fileOfStatus(part);
  mkdirSync(join(file, '..'), { recursive: true });
  // Whole or not at all, whenever the machine stops.
  writeFileSync(`${file}.new`, `${JSON.stringify(status, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** What a directory lacks of what the part should have. */
export const findAbsent = (part: Part, directory: string): string[] =>
  part.provides.filter((path) => !existsSync(join(directory, path)));

/** Leaves two directories of a part, so that going back and forth between two commits costs nothing. */
export function pruneDirectories(part: Part): void {
  const isOfPart = (name: string): boolean =>
    name.startsWith(`${part.name}-`) && /^[0-9a-f]{12}$/.test(name.slice(part.name.length + 1));
  readdirSync(findCache())
    .filter(isOfPart)
    .map((name) => join(findCache(), name))
    .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs)
    .slice(2)
    .forEach((directory) => void rmSync(directory, { recursive: true, force: true }));
}
