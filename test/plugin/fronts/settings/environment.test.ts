import { describe, expect, test } from 'vitest';
import { readEnvironment, readPrefixed } from '../../../../plugin/fronts/settings/environment.ts';
import type { Given } from '../../../../plugin/settings/resolve.ts';
import { collectReports, type Reported } from '../../../support/reports.ts';

type Env = Readonly<Record<string, string>>;

function collect(read: (report: Parameters<typeof readEnvironment>[1]) => Given[]) {
  let given: Given[] = [];
  const reports: readonly Reported[] = collectReports((report) => {
    given = read(report);
  });
  return { given: given.map(({ setting, raw, spelling }) => [setting, raw, spelling]), reports };
}

const read = (env: Env) => collect((report) => readEnvironment(env, report));

test('a variable gives its setting', () => {
  expect(read({ RAYSHIELD_CLUSTER_DOMAIN: 'a.b', PATH: '/bin' })).toEqual({
    given: [['clusterDomain', 'a.b', 'environment variable RAYSHIELD_CLUSTER_DOMAIN']],
    reports: [],
  });
});

test('an empty variable, and those of the runner itself, give none', () => {
  expect(read({ RAYSHIELD_DNS: '', RAYSHIELD_PLATFORM: '/etc/p.yaml', RAYSHIELD_DEBUG: '1' })).toEqual({
    given: [],
    reports: [],
  });
});

test('a misspelt variable is refused with the nearest', () => {
  const { given, reports } = read({ RAYSHIELD_CLUSTER_DOMIAN: 'a.b', RAYSHIELD_CLUSTERDOMAIN: 'a.b' });
  expect(given).toEqual([]);
  expect(reports.map(({ message }) => message)).toEqual([
    'environment variable RAYSHIELD_CLUSTER_DOMIAN is no setting; did you mean RAYSHIELD_CLUSTER_DOMAIN?',
    'environment variable RAYSHIELD_CLUSTERDOMAIN is no setting; did you mean RAYSHIELD_CLUSTER_DOMAIN?',
  ]);
});

test('what Kubernetes sets for a Service called rayshield is no misspelling', () => {
  const links = [
    'RAYSHIELD_SERVICE_HOST',
    'RAYSHIELD_SERVICE_PORT',
    'RAYSHIELD_SERVICE_PORT_DNS',
    'RAYSHIELD_PORT',
    'RAYSHIELD_PORT_53_TCP',
    'RAYSHIELD_PORT_53_TCP_ADDR',
    'RAYSHIELD_DNS_SERVICE_HOST',
    'RAYSHIELD_DNS_PORT',
    'RAYSHIELD_VERSION',
  ];
  expect(read(Object.fromEntries(links.map((name) => [name, 'x'])))).toEqual({ given: [], reports: [] });
});

describe("an application's own variables", () => {
  const readOwn = (env: Env) => collect((report) => readPrefixed(env, 'ARGOCD_ENV_', report));

  test('give settings under their long name', () => {
    expect(readOwn({ ARGOCD_ENV_RAYSHIELD_NAMESPACE: 'ml', ARGOCD_ENV_OTHER: 'x', RAYSHIELD_NAMESPACE: 'y' })).toEqual({
      given: [['namespace', 'ml', 'environment variable ARGOCD_ENV_RAYSHIELD_NAMESPACE']],
      reports: [],
    });
  });

  test.each(['ARGOCD_ENV_RAYSHIELD_PLATFORM', 'ARGOCD_ENV_RAYSHIELD_DEBUG', 'ARGOCD_ENV_RAYSHIELD_VERSION'])(
    '%s is refused: an application cannot set the platform file, and whoever writes the prefix means us',
    (name) => expect(readOwn({ [name]: 'x' })).toMatchObject({ given: [], reports: [{ code: 'SETTING_UNKNOWN' }] }),
  );

  test('a misspelt one is refused with the nearest', () => {
    expect(readOwn({ ARGOCD_ENV_RAYSHIELD_NAMESPCE: 'x' }).reports[0]?.message).toBe(
      'environment variable ARGOCD_ENV_RAYSHIELD_NAMESPCE is no setting; did you mean ARGOCD_ENV_RAYSHIELD_NAMESPACE?',
    );
  });
});
