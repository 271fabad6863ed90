// Where a source is: its folder, and the root that no path of it may leave. In Argo CD the root is that of the repository, so that
// a kustomization finds its base in `../base`.
import { realpathSync } from 'node:fs';
import { posix, resolve, sep } from 'node:path';
import { isInside } from '../files/walk.ts';

export interface Place {
  /** A real path. */
  readonly folder: string;
  /** A real path: `folder`, or one above it. */
  readonly root: string;
}

/**
 * The place of the application in `folder`, whose path in the repository Argo CD tells. The root is believed only where `folder` does
 * end in that path; else it is the folder itself.
 */
export function placeInRepository(folder: string, sourcePath = ''): Place {
  const real = realpathSync.native(folder);
  const path = posix.normalize(`/${sourcePath}`).replace(/\/+$/, '');
  const ending = path.split('/').join(sep);
  return { folder: real, root: path !== '' && real.endsWith(ending) ? real.slice(0, -ending.length) || sep : real };
}

/** Where a path leads. */
export type Led =
  | { readonly to: 'inside'; readonly path: string }
  | { readonly to: 'outside' }
  | { readonly to: 'nowhere' };

/**
 * Follows an absolute path and all links on it, as the system does (realpathSync itself takes `..` behind a link away before it follows
 * the link); what does not exist is `nowhere`, unless it would lie outside of `root`.
 */
export function follow(path: string, root: string): Led {
  if (!isWithin(root, path)) return { to: 'outside' };
  try {
    const real = realpathSync.native(path);
    return isWithin(root, real) ? { to: 'inside', path: real } : { to: 'outside' };
  } catch {
    return { to: 'nowhere' };
  }
}

const isWithin = (root: string, path: string): boolean => path === root || isInside(root, path);

/** The same of a path that an application names as in Argo CD: from its folder, or with `/` before it from the root. */
export const followNamed = (path: string, { folder, root }: Place): Led =>
  follow(path.startsWith('/') ? resolve(root, `.${path}`) : resolve(folder, path), root);
