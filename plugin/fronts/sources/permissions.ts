// What the operator of a sidecar or runner allows, by variables of its own environment. Argo CD puts ARGOCD_ENV_ before the names of
// an application's variables, so that no application can set these.
import type { Report } from '../../findings/finding.ts';
import { findNearest } from '../../findings/nearest.ts';
import type { Io } from '../io.ts';

/** A list of permissions with commas. */
export const permissionsVariable = 'RAYSHIELD_ALLOW';
/** The command of `source: command`, as a JSON array: without it there is no such source. */
export const commandVariable = 'RAYSHIELD_SOURCE_COMMAND';

const permissions = ['network', 'kustomize-helm', 'kustomize-plugins'] as const;
export type Permission = (typeof permissions)[number];

const isPermission = (text: string): text is Permission => permissions.some((permission) => permission === text);

/** What is allowed; a word that is none goes to `report`. */
export function readPermissions(env: Io['env'], report: Report): ReadonlySet<Permission> {
  const words = (env[permissionsVariable] ?? '').split(',').map((word) => word.trim());
  for (const word of words) {
    if (word === '' || isPermission(word)) continue;
    const nearest = findNearest(word, permissions);
    report('PERMISSION_UNKNOWN', [], {
      variable: permissionsVariable,
      known: permissions,
      ...(nearest === undefined ? {} : { nearest }),
    });
  }
  return new Set(words.filter(isPermission));
}

/** The command and its arguments; undefined where there is none, or where `report` was told what is wrong with it. */
export function readCommand(env: Io['env'], report: Report): readonly [string, ...string[]] | undefined {
  const text = env[commandVariable];
  if (text === undefined || text === '') {
    report('SOURCE_COMMAND_OFF', [], { variable: commandVariable });
    return undefined;
  }
  const words = readJSON(text);
  if (!Array.isArray(words) || words.length === 0 || !words.every((word) => typeof word === 'string')) {
    report('SOURCE_COMMAND_FORM', [], { variable: commandVariable });
    return undefined;
  }
  const [first, ...rest] = words as [string, ...string[]];
  // A relative path would lead into the folder of the application.
  if (first.includes('/') && !first.startsWith('/')) {
    report('SOURCE_COMMAND_FORM', [], { variable: commandVariable });
    return undefined;
  }
  return [first, ...rest];
}

function readJSON(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
