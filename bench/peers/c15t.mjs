// c15t's backend on SQLite, as its documentation sets it up: node c15t.mjs FOLDER PORT
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port] = process.argv.slice(2);
const find = createRequire(`${folder}/package.json`);
// Some of these packages are for import alone, which `require.resolve` does not find.
const load = (name) => import(name.startsWith("/") ? pathToFileURL(name) : name);
const { c15tInstance } = await load(`${folder}/node_modules/@c15t/backend/dist/core.js`);
const { kyselyAdapter } = await load(
  `${folder}/node_modules/@c15t/backend/dist/db/adapters/kysely.js`,
);
const { migrator } = await load(`${folder}/node_modules/@c15t/backend/dist/db/migrator.js`);
const { DB } = await load(`${folder}/node_modules/@c15t/backend/dist/db/schema.js`);
const { Kysely, SqliteDialect } = await load(pathToFileURL(find.resolve("kysely")).href);
const Database = (await load(pathToFileURL(find.resolve("better-sqlite3")).href)).default;

const file = new Database(`${folder}/c15t.sqlite3`);
file.pragma("journal_mode = WAL");
file.pragma("synchronous = FULL");
const db = new Kysely({ dialect: new SqliteDialect({ database: file }) });
const adapter = kyselyAdapter({ db, provider: "sqlite" });
const options = { appName: "peer", adapter, trustedOrigins: ["http://localhost"] };
const steps = await migrator({ db: DB.client(adapter), schema: "latest" });
await steps.execute();
const c15t = c15tInstance(options);

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const answer = await c15t.handler(
    new Request(`http://localhost:${port}${request.url}`, {
      method: request.method,
      headers: request.headers,
      body: parts.length ? Buffer.concat(parts) : undefined,
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
