// All layers of a run's settings, in their order: platform file, source file, functionConfig, environment, Argo CD parameters, flags.
import { lstatSync, realpathSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Finding } from '../../findings/finding.ts';
import { type Given, type Layer, type Resolved, resolveSettings } from '../../settings/resolve.ts';
import type { InputRoot } from '../files/input.ts';
import { settingsFile } from '../files/names.ts';
import { readRegularFile, reasonOf } from '../files/read-file.ts';
import { isInside } from '../files/walk.ts';
import type { Io } from '../io.ts';
import { reportAt } from '../report.ts';
import { checkDefaults } from './check-defaults.ts';
import { platformVariable } from './environment.ts';
import { readSettingsFile, settingsFileLimit } from './file.ts';

/** The layers above the files, each already read by who knows its protocol. */
export interface UpperLayers {
  /** What an orchestrator of KRM functions gives. */
  readonly functionConfig?: Layer | undefined;
  readonly environment: readonly Given[];
  readonly parameters?: readonly Given[];
  readonly flags: readonly Given[];
}

/** The settings of a run that reads `roots`. */
export function gatherSettings(io: Io, roots: readonly InputRoot[], upper: UpperLayers, findings: Finding[]): Resolved {
  const report = reportAt(findings);
  const platform = readPlatform(io, findings);
  const layers: readonly (Layer | undefined)[] = [
    platform,
    readSource(roots, findings),
    upper.functionConfig,
    { name: 'environment', given: upper.environment, report },
    { name: 'parameters', given: upper.parameters ?? [], report },
    { name: 'flags', given: upper.flags, report },
  ];
  const resolved = resolveSettings(layers.filter((layer) => layer !== undefined));
  const { settings } = resolved;
  if (platform === undefined || checkDefaults(platform, settings, io.loadValidator)) return resolved;
  // The run has failed; each owner would say the same again of what it was given.
  return { ...resolved, settings: { ...settings, platform: { ...settings.platform, gives: {} } } };
}

function readPlatform(io: Io, findings: Finding[]): Layer | undefined {
  const path = io.env[platformVariable];
  if (path === undefined) return undefined;
  const report = reportAt(findings, path);
  // A variable that nobody filled is a platform that nobody hears.
  if (path.trim() === '') {
    reportAt(findings)('PLATFORM_PATH', [], { variable: platformVariable, problem: 'empty' });
    return undefined;
  }
  try {
    // A mounted ConfigMap is a link; whoever sets the runner's environment is trusted with where it leads.
    const real = realpathSync.native(resolve(io.cwd, path));
    const bytes = readRegularFile(real, { used: 0, limit: settingsFileLimit }, report);
    return bytes && readSettingsFile(path, bytes, 'platform', findings);
  } catch (error) {
    report('FILE_UNREADABLE', [], { reason: reasonOf(error) });
    return undefined;
  }
}

/** The one settings file that stands in the roots, if any. */
function readSource(roots: readonly InputRoot[], findings: Finding[]): Layer | undefined {
  const present = new Map<string, InputRoot>();
  for (const root of roots) if (!present.has(root.folder) && existsIn(root)) present.set(root.folder, root);
  const files = [...present.values()].map(shownFile);
  const [root] = present.values();
  const report = reportAt(findings, files[0]);
  if (root === undefined) return undefined;
  if (files.length > 1) {
    report('SETTINGS_FILES_SEVERAL', [], { files });
    return undefined;
  }
  try {
    const real = realpathSync.native(join(root.folder, settingsFile));
    if (!isInside(root.folder, real)) {
      report('LINK_OUTSIDE', [], {});
      return undefined;
    }
    const bytes = readRegularFile(real, { used: 0, limit: settingsFileLimit }, report);
    return bytes && readSettingsFile(shownFile(root), bytes, 'source', findings);
  } catch (error) {
    report('FILE_UNREADABLE', [], { reason: reasonOf(error) });
    return undefined;
  }
}

const shownFile = (root: InputRoot): string => posix.join(root.shown, settingsFile);

// A link that leads nowhere is there too: its settings were meant.
const existsIn = (root: InputRoot): boolean =>
  lstatSync(join(root.folder, settingsFile), { throwIfNoEntry: false }) !== undefined;
