// The files that are made from the tables of settings and findings, or of others, and committed, so that they can be read without a build.

import { healthConfigMap, healthValues } from './argocd-health.ts';
import { findingsPage } from './findings-page.ts';
import { pluginYAML } from './plugin-yaml.ts';
import { withSettings } from './readme.ts';
import { settingsPage } from './settings-page.ts';
import { settingsSchema } from './settings-schema.ts';

/** By path from the root: what the file should hold, given what it holds. */
export const generatedFiles: Readonly<Record<string, (present: string) => string>> = {
  'README.md': withSettings,
  'deploy/argocd/health/argocd-cm.yaml': healthConfigMap,
  'deploy/argocd/health/helm-values.yaml': healthValues,
  'docs/argocd.md': withSettings,
  'docs/findings.md': findingsPage,
  'docs/settings.md': settingsPage,
  'plugin.yaml': pluginYAML,
  'schemas/rayshield.io/rayshield_v1alpha1.json': settingsSchema,
};
