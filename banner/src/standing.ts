/**
 * Whether what the visitor gave still stands, asked once a visit: the company may have recorded a
 * withdrawal that was told to a person, or another website of the group one that was made there.
 * Only ever takes away.
 */
import { type Parts, receipt } from "./signalled";

interface Standing {
  history: { id: string; purposes: Record<string, boolean> }[];
  record: { subject: string };
}

export const start = async ({ c, held, take }: Parts): Promise<void> => {
  const { record, token } = receipt();
  if (!record || !token || localStorage.getItem("adhere_queue")) return;
  const headers = { authorization: `Bearer ${token}` };
  const reply = await fetch(`${c.o}/e/${c.s}/consents/${record.id}`, { headers, credentials: "omit" });
  if (!reply.ok) return;
  const told = (await reply.json()) as Standing;
  const last = told.history.pop();
  if (!last || last.id === record.id) return;
  const now = held();
  const left: Record<string, boolean> = {};
  for (const name in now) {
    const slug = name.split(":")[0]!;
    const gone = last.purposes[slug] === false && !last.purposes[name];
    left[name] = now[name]! && !gone;
  }
  if (Object.keys(now).some((name) => now[name] !== left[name])) take(left, told.record.subject);
};
