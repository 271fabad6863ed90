// plugin.yaml: what Argo CD's sidecar is told about rayshield. No `discover`, which would let it take over the applications
// of others; no `version`, which would become a part of the name that applications write.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#write-the-plugin-configuration-file
import { stringify } from 'yaml';
import { announce } from '../../plugin/fronts/argocd/announcement.ts';
import { settingNames } from '../../plugin/settings/table.ts';

export const pluginYAML = (): string =>
  `# Made from plugin/settings/table.ts; rewrite with: UPDATE=1 npx vitest run test/generated.test.ts\n${stringify(
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ConfigManagementPlugin',
      metadata: { name: 'rayshield' },
      spec: {
        generate: { command: ['rayshield', 'generate'] },
        parameters: { static: settingNames.map(announce) },
      },
    },
    { lineWidth: 0 },
  )}`;
