// Makes a fresh database of made-up people and serves it until the journeys end. What the server writes to its log is
// kept for the journey that looks for personal data in it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, rmSync } from 'node:fs';

const port = process.argv[2];
const miis = new URL('../target/debug/miis', import.meta.url).pathname;
const folder = new URL('./.output/', import.meta.url).pathname;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const database = `${folder}journeys.db`;
const log = openSync(`${folder}server.log`, 'w');
execFileSync(miis, ['demo', '--people', '400', '--database', database], { stdio: 'inherit' });
const site = new URL('../target/site', import.meta.url).pathname;
const server = spawn(miis, ['serve', '--database', database, '--listen', `127.0.0.1:${port}`, '--demo', 'true', '--assets', site], {
  stdio: ['ignore', log, log],
  env: { ...process.env, MIIS_LOG: 'debug,sqlx=info' },
});
const stop = () => server.kill('SIGTERM');
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
server.on('exit', (code) => process.exit(code ?? 0));
