import { expect, test } from 'vitest';
import { environmentName, flagName } from '../../../plugin/settings/names.ts';
import { settingNames } from '../../../plugin/settings/table.ts';

test.each([
  ['clusterDomain', 'cluster-domain', 'RAYSHIELD_CLUSTER_DOMAIN'],
  ['kuberayVersion', 'kuberay-version', 'RAYSHIELD_KUBERAY_VERSION'],
  ['kubeApiVersions', 'kube-api-versions', 'RAYSHIELD_KUBE_API_VERSIONS'],
  ['dns', 'dns', 'RAYSHIELD_DNS'],
])('%s is --%s and %s', (setting, flag, variable) => {
  expect([flagName(setting), environmentName(setting)]).toEqual([flag, variable]);
});

test('no two settings share a flag or a variable', () => {
  expect(new Set(settingNames.map(flagName)).size).toBe(settingNames.length);
  expect(new Set(settingNames.map(environmentName)).size).toBe(settingNames.length);
});
