import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { sessions, tenants, tenantUsers, todos, users } from './schema.js';

const PAGE = 20;

const client = postgres(process.env.DATABASE_URL, { max: 10, prepare: true });
const db = drizzle(client);

const answer = {
  id: todos.id, title: todos.title, description: todos.description, completed: todos.completed, priority: todos.priority,
  dueDate: todos.dueDate, createdBy: todos.createdBy, assignedTo: todos.assignedTo, version: todos.version,
  created: todos.created, updated: todos.updated,
};

const membership = db
  .select({ userId: sessions.userId, tenantId: tenantUsers.tenantId, roles: tenantUsers.roles })
  .from(sessions)
  .innerJoin(users, eq(users.id, sessions.userId))
  .innerJoin(tenantUsers, eq(tenantUsers.userId, sessions.userId))
  .innerJoin(tenants, eq(tenants.id, tenantUsers.tenantId))
  .where(and(
    eq(sessions.tokenHash, sql.placeholder('tokenHash')), gt(sessions.expires, sql`now()`), isNull(sessions.deleted),
    eq(users.status, 'active'), eq(users.banned, false), isNull(users.deleted),
    eq(tenantUsers.tenantId, sql.placeholder('tenantId')), eq(tenantUsers.status, 'active'), isNull(tenantUsers.deleted),
    eq(tenants.status, 'active'), isNull(tenants.deleted)))
  .prepare('membership');

const newest = db
  .select(answer)
  .from(todos)
  .where(and(eq(todos.tenantId, sql.placeholder('tenantId')), isNull(todos.deleted)))
  .orderBy(desc(todos.created), desc(todos.id))
  .limit(PAGE + 1)
  .prepare('newest');

const insert = db
  .insert(todos)
  .values({
    ...Object.fromEntries(
      ['tenantId', 'id', 'title', 'description', 'completed', 'priority', 'createdBy', 'assignedTo'].map((column) => [column, sql.placeholder(column)])),
    // As text, because drizzle's time columns cannot be null in a prepared insert.
    dueDate: sql`${sql.placeholder('dueDate')}::text::timestamptz`,
  })
  .returning(answer)
  .prepare('insert_todo');

export const findMembership = async (tokenHash, tenantId) => (await membership.execute({ tokenHash, tenantId }))[0];

export const createTodo = async (todo) => (await insert.execute(todo))[0];

export const listTodos = async (tenantId) => {
  const items = await newest.execute({ tenantId });
  if (items.length <= PAGE) return { items, nextCursor: null };
  items.pop();
  const last = items[PAGE - 1];
  return { items, nextCursor: Buffer.from(`${last.created.toISOString()} ${last.id}`).toString('base64url') };
};
