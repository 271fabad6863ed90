// `rayshield parameters`: the dynamic announcement of Argo CD's parameters form, with what the application's folder holds. It has no
// findings: a failure here would hide the form from who wants to mend what is wrong.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#dynamic-parameter-announcements
import { readdirSync } from 'node:fs';
import { valueAt } from '../../manifests/edit.ts';
import { findResources } from '../../manifests/list.ts';
import { readContent } from '../../manifests/read.ts';
import { expandableKind } from '../../ray/find.ts';
import { rayKinds } from '../../ray/kinds.ts';
import type { Settings } from '../../settings/settings.ts';
import type { SourceKind } from '../../settings/source-settings.ts';
import { isSourceSetting, type SettingName, settingNames } from '../../settings/table.ts';
import type { Arguments } from '../arguments.ts';
import type { Io, Outcome } from '../io.ts';
import type { Stream } from '../pipeline.ts';
import { detectSource } from '../sources/detect.ts';
import { type Place, placeInRepository } from '../sources/place.ts';
import { renderSource } from '../sources/render.ts';
import { type Announcement, announce } from './announcement.ts';
import { gatherApplicationSettings, rootOf } from './settings.ts';

interface Found {
  readonly kind?: SourceKind;
  /** What is said of a parameter beside its description. */
  readonly hints: Partial<Readonly<Record<SettingName, string>>>;
}

const kindNames: Readonly<Record<SourceKind, string>> = {
  directory: 'plain manifests',
  kustomize: 'a kustomization',
  helm: 'a Helm chart',
  command: 'what the command of the sidecar prints',
};

/** The settings of each kind of source, by how their names begin. */
const ofKind: Readonly<Record<SourceKind, RegExp>> = {
  directory: /^(recurse|include|exclude)$/,
  kustomize: /^kustomize/,
  helm: /^helm/,
  command: /^$/,
};

// A form is opened by somebody who waits, and no list of objects is read to its end.
const limits = { timeout: '5s', maxBytes: 10_000_000 };
const mostObjects = 5;

/** Prints all parameters that make sense here. */
export async function announceParameters(args: Arguments, io: Io): Promise<Outcome> {
  const { kind, hints } = await lookAround(args, io).catch((): Found => ({ hints: {} }));
  const announced = settingNames
    .filter((name) => isFor(kind, name))
    .map((name): Announcement => {
      const plain = announce(name);
      return hints[name] === undefined ? plain : { ...plain, tooltip: `${plain.tooltip} Found here: ${hints[name]}.` };
    });
  return { exitCode: 0, stdout: [`${JSON.stringify(announced)}\n`], stderr: '' };
}

function isFor(kind: SourceKind | undefined, name: SettingName): boolean {
  const owners = Object.values(ofKind).filter((names) => isSourceSetting(name) && names.test(name));
  return kind === undefined || owners.length === 0 || owners.includes(ofKind[kind]);
}

async function lookAround(args: Arguments, io: Io): Promise<Found> {
  const place = placeInRepository(io.cwd, io.env['ARGOCD_APP_SOURCE_PATH']);
  const { settings: given } = gatherApplicationSettings(io, [rootOf(place)], args.flags, []);
  const settings: Settings = { ...given, ...limits };
  const kind = detectSource(place.folder, settings, [])?.kind;
  if (kind === undefined) return { hints: {} };
  const applicationName = settings.helmReleaseName || 'application';
  const streams = await renderSource({ place, settings, io, applicationName }, []).catch(() => []);
  const objects = describeObjects(streams, settings);
  const valueFiles = kind === 'helm' ? listValueFiles(place) : [];
  return {
    kind,
    hints: {
      source: [kindNames[kind], ...objects].join('; '),
      ...(valueFiles.length === 0 ? {} : { helmValueFiles: valueFiles.join(', ') }),
    },
  };
}

/** `RayCluster demo with groups small, gpu`. */
function describeObjects(streams: readonly Stream[], settings: Settings): string[] {
  const found = streams
    .flatMap(({ manifests }) => manifests)
    .flatMap((manifest) => findResources(readContent(manifest, settings).manifest))
    .flatMap((resource) => {
      const kind = expandableKind(resource);
      if (kind === undefined) return [];
      const groups = listGroups(valueAt(resource.body, rayKinds[kind].specPath));
      const named = `${kind} ${resource.body.metadata.name ?? 'without a name'}`;
      return [groups.length === 0 ? named : `${named} with groups ${groups.join(', ')}`];
    });
  return found.length <= mostObjects
    ? found
    : [...found.slice(0, mostObjects), `${found.length - mostObjects} more Ray objects`];
}

function listGroups(spec: unknown): string[] {
  const groups = valueAt(spec, ['workerGroupSpecs']);
  if (!Array.isArray(groups)) return [];
  return groups.flatMap((group: unknown) => {
    const name = valueAt(group, ['groupName']);
    return typeof name === 'string' ? [name] : [];
  });
}

/** Those that a chart is usually shipped with, but for the one that Helm reads by itself. */
const listValueFiles = ({ folder }: Place): string[] =>
  readdirSync(folder)
    .filter((name) => /^values[.-].*\.ya?ml$/.test(name) && name !== 'values.yaml')
    .sort();
