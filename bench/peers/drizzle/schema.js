import { boolean, customType, integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const bytea = customType({ dataType: () => 'bytea' });
const time = (name) => timestamp(name, { withTimezone: true });
const platform = pgSchema('platform');
const pooled = pgSchema('pooled');

export const sessions = platform.table('sessions', {
  userId: uuid('user_id').notNull(),
  tokenHash: bytea('token_hash').notNull(),
  expires: time('expires').notNull(),
  deleted: time('deleted'),
});

export const users = platform.table('users', {
  id: uuid('id').primaryKey(),
  status: text('status').notNull(),
  banned: boolean('banned').notNull(),
  deleted: time('deleted'),
});

export const tenantUsers = platform.table('tenant_users', {
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  roles: text('roles').array().notNull(),
  status: text('status').notNull(),
  deleted: time('deleted'),
});

export const tenants = platform.table('tenants', {
  id: uuid('id').primaryKey(),
  status: text('status').notNull(),
  deleted: time('deleted'),
});

export const todos = pooled.table('todos', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  title: text('title').notNull(),
  description: text('description'),
  completed: boolean('completed').notNull().default(false),
  priority: integer('priority').notNull().default(3),
  dueDate: time('due_date'),
  createdBy: uuid('created_by').notNull(),
  assignedTo: uuid('assigned_to'),
  version: integer('version').notNull().default(1),
  created: time('created').notNull().defaultNow(),
  updated: time('updated').notNull().defaultNow(),
  deleted: time('deleted'),
});
