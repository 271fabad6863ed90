// Settings from the environment: RAYSHIELD_<NAME>. A variable whose name is nearly that of a setting is refused, since a
// setting that goes unheard could open a cluster; other variables are none of our business.
import type { Report } from '../../findings/finding.ts';
import { findNearest } from '../../findings/nearest.ts';
import type { unknownSetting } from '../../settings/document.ts';
import { environmentName } from '../../settings/names.ts';
import type { Given } from '../../settings/resolve.ts';
import { settingNames } from '../../settings/table.ts';
import type { Io } from '../io.ts';
import { commandVariable, permissionsVariable } from '../sources/permissions.ts';

const prefix = 'RAYSHIELD_';
/** Where the platform file is; a path in the runner's own environment, which no application can set. */
export const platformVariable = 'RAYSHIELD_PLATFORM';
/** Shows the stack of a bug. */
export const debugVariable = 'RAYSHIELD_DEBUG';

/** A file for what a run has to say. */
export const reportVariable = 'RAYSHIELD_REPORT';

/** What is no setting, and known all the same. */
const ownVariables = [platformVariable, debugVariable, reportVariable, permissionsVariable, commandVariable];

const byVariable = new Map(settingNames.map((name) => [environmentName(name), name]));

// Kubernetes puts these into every container where a Service is called rayshield or rayshield-*:
// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
const serviceLink = /_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/;

/** The settings that RAYSHIELD_* variables give. An empty variable gives none. */
export function readEnvironment(env: Io['env'], report: Report): Given[] {
  const given: Given[] = [];
  for (const [variable, raw] of Object.entries(env)) {
    if (!variable.startsWith(prefix) || raw === undefined || raw === '') continue;
    const setting = byVariable.get(variable);
    if (setting !== undefined) given.push({ setting, raw, spelling: spell(variable), path: [setting] });
    else if (isMisspelt(variable)) report('SETTING_UNKNOWN', [], unknownVariable(variable));
  }
  return given;
}

/** The settings that the variables with `before` in front give: whoever wrote them meant us, so each must be known. */
export function readPrefixed(env: Io['env'], before: string, report: Report): Given[] {
  const given: Given[] = [];
  for (const [variable, raw] of Object.entries(env)) {
    if (!variable.startsWith(before + prefix) || raw === undefined || raw === '') continue;
    const setting = byVariable.get(variable.slice(before.length));
    if (setting !== undefined) given.push({ setting, raw, spelling: spell(variable), path: [setting] });
    else report('SETTING_UNKNOWN', [], unknownVariable(variable, before));
  }
  return given;
}

const spell = (variable: string): string => `environment variable ${variable}`;

function isMisspelt(variable: string): boolean {
  if (ownVariables.includes(variable) || serviceLink.test(variable)) return false;
  return nearestVariable(variable) !== undefined;
}

// Without the prefix: it would make every name look near.
const nearestVariable = (variable: string): string | undefined =>
  findNearest(
    variable.slice(prefix.length),
    [...byVariable.keys()].map((name) => name.slice(prefix.length)),
  );

function unknownVariable(variable: string, before = ''): ReturnType<typeof unknownSetting> {
  const nearest = nearestVariable(variable.slice(before.length));
  const known = [...byVariable.keys()].map((name) => before + name);
  return { spelling: spell(variable), known, ...(nearest === undefined ? {} : { nearest: before + prefix + nearest }) };
}
