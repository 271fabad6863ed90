// The health checks that Argo CD is given, on recorded statuses. Here they run in a Lua of npm's; the lab runs them in Argo CD's own.
import { describe, expect, test } from 'vitest';
import { LuaFactory } from 'wasmoon';
import { readHealthChecks } from '../build/generated/argocd-health.ts';
import { readHealthCases } from './support/health-cases.ts';

const factory = new LuaFactory();
const checks = readHealthChecks();
const cases = readHealthCases();

// Argo CD opens the libraries base, table, package and its own os: https://github.com/argoproj/argo-cd/blob/master/util/lua/lua.go
const withheld = ['io', 'string', 'math', 'debug', 'coroutine', 'utf8'];

async function run(check: string, object: object): Promise<unknown> {
  const lua = await factory.createEngine();
  try {
    for (const library of withheld) lua.global.set(library, undefined);
    // As a table of Lua's own: a proxy of a JavaScript object has neither a length nor pairs.
    return await lua.doString(`local obj = ${literal(object)} ${check}`);
  } finally {
    lua.global.close();
  }
}

/** A value as Lua's table constructor writes it. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(literal).join(', ')}}`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, one]) => `[${JSON.stringify(key)}] = ${literal(one)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

test('every check has cases, and every case a check', () => {
  expect(Object.keys(cases)).toEqual(Object.keys(checks));
});

describe.each(Object.entries(cases))('%s', (kind, ofKind) => {
  test.each(ofKind)('$title', async ({ object, health }) => {
    expect(await run(checks[kind] ?? '', object)).toEqual(health);
  });
});
