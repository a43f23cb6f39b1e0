export { nameCaller } from './caller.ts'
export { type Conversations, createConversations } from './conversations.ts'
export { readCall } from './read-call.ts'
export { conversationRoutes } from './routes.ts'
