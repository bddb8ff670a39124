import { createHash, randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { createTodo, findMembership, listTodos } from './queries.js';

const CACHED_MS = 10_000;
const CACHED_ENTRIES = 100_000;

const cached = process.argv.includes('--cached');
const known = new Map();
const app = Fastify();

const text = { type: 'string' };
const optionalText = { type: 'string', nullable: true };
const todo = {
  type: 'object',
  properties: {
    id: text, title: text, description: optionalText, completed: { type: 'boolean' }, priority: { type: 'integer' }, dueDate: optionalText,
    createdBy: text, assignedTo: optionalText, version: { type: 'integer' }, created: text, updated: text,
  },
};
const page = { type: 'object', properties: { items: { type: 'array', items: todo }, nextCursor: optionalText } };
const params = { type: 'object', properties: { tenant: { type: 'string', format: 'uuid' } } };
const newTodo = {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 500 }, description: { type: 'string', maxLength: 10_000, nullable: true },
    completed: { type: 'boolean', default: false }, priority: { type: 'integer', minimum: 1, maximum: 5, default: 3 },
    dueDate: { type: 'string', format: 'date-time', nullable: true }, assignedTo: { type: 'string', format: 'uuid', nullable: true },
  },
};

const membershipOf = async (token, tenant) => {
  const key = `${token} ${tenant}`;
  const entry = cached ? known.get(key) : undefined;
  if (entry && entry.until > Date.now()) return entry.membership;

  const membership = await findMembership(createHash('sha256').update(token).digest(), tenant);
  if (cached && membership) {
    if (known.size >= CACHED_ENTRIES) known.clear();
    known.set(key, { membership, until: Date.now() + CACHED_MS });
  }
  return membership;
};

const authenticate = async (request, reply) => {
  const header = request.headers.authorization;
  if (!header?.startsWith('Bearer ')) return reply.code(401).send({ title: 'Unauthorized' });
  request.member = await membershipOf(header.slice(7), request.params.tenant);
  if (!request.member) return reply.code(404).send({ title: 'Not Found' });
  reply.header('cache-control', 'private, no-store');
};

app.decorateRequest('member', null);
app.get('/health', () => 'ok');
app.get('/tenants/:tenant/todos', { schema: { params, response: { 200: page } }, preHandler: authenticate },
  (request) => listTodos(request.member.tenantId));
app.post('/tenants/:tenant/todos', { schema: { params, body: newTodo, response: { 201: todo } }, preHandler: authenticate },
  async (request, reply) => {
    const { title, description = null, completed, priority, dueDate = null, assignedTo = null } = request.body;
    const { tenantId, userId } = request.member;
    const created = await createTodo({
      tenantId, id: randomUUID(), title, description, completed, priority, dueDate, createdBy: userId, assignedTo,
    });
    return reply.code(201).header('location', `/tenants/${tenantId}/todos/${created.id}`).send(created);
  });

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
