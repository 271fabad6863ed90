// What the folders above a file say about it, up to where the run was started: whose settings hold for it, and whether it is
// the source of what another tool renders. A file that is named by itself is part of a tree, whoever names it.
import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { InputRoot } from './input.ts';
import { chart, kustomizations, settingsFile } from './names.ts';
import { isInside } from './walk.ts';

export interface Surroundings {
  /** The nearest folder above with a settings file. */
  readonly settings: InputRoot | undefined;
  /** The nearest folder above that a tool renders, and that tool. */
  readonly source: { readonly folder: string; readonly tool: Renderer } | undefined;
}

type Renderer = 'helm' | 'kustomize';

/** Looks round each file that it is given; of a folder that many files share it asks once. */
export function makeLookout(cwd: string): (path: string) => Surroundings {
  const known = new Map<string, Surroundings>();
  const top = realpathSync.native(cwd);
  const look = (folder: string): Surroundings => {
    const found = known.get(folder) ?? lookIn(folder, top, look);
    known.set(folder, found);
    return found;
  };
  return (path) => look(realpathSync.native(dirname(resolve(cwd, path))));
}

function lookIn(folder: string, top: string, look: (folder: string) => Surroundings): Surroundings {
  const shown = relative(top, folder).split(sep).join(posix.sep) || '.';
  const tool = rendererOf(folder);
  const above: Surroundings = isInside(top, folder)
    ? look(dirname(folder))
    : { settings: undefined, source: undefined };
  return {
    settings: isThere(folder, settingsFile) ? { folder, shown, isWalked: false } : above.settings,
    source: tool === undefined ? above.source : { folder: shown, tool },
  };
}

function rendererOf(folder: string): Renderer | undefined {
  if (isThere(folder, chart)) return 'helm';
  return kustomizations.some((name) => isThere(folder, name)) ? 'kustomize' : undefined;
}

const isThere = (folder: string, name: string): boolean =>
  lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined;
