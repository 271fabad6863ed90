// The script is text for a shell: what a manifest says must reach the command as it stands.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quote, writeStartScript } from './start-script.ts';

test.each(["it's", '$(id) `id` "$HOME" \\', 'two\nlines', '', '-n', '*'])(
  '%j reaches a command as it stands',
  (word) => {
    expect(execFileSync('sh', ['-c', `printf %s ${quote(word)}`], { encoding: 'utf8' })).toBe(word);
  },
);

test('a mount below another comes after it, and the command is last', () => {
  const mounts = [
    { source: '/b', target: '/etc/ray/tls', readOnly: true },
    { source: '/a', target: '/etc/ray' },
  ];
  const lines = writeStartScript({
    hostname: 'h',
    folder: '/f',
    pidFile: '/f/pid',
    log: '/f/log',
    mounts,
    env: { A: "it's" },
    workingDir: '/',
    argv: ['sleep', '1'],
  }).split('\n');
  expect(lines.filter((line) => line.startsWith('bind ')).slice(1)).toEqual([
    "bind '/a' '/etc/ray' rw",
    "bind '/b' '/etc/ray/tls' ro",
  ]);
  expect(lines.at(-1)).toBe(`exec chroot "$root" env -i -C '/' 'A=it'\\''s' 'sleep' '1'`);
});
