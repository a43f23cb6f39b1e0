export { asCallOf, currentCall, nameCaller } from './caller.ts'
export { type Conversations, createConversations } from './conversations.ts'
export { conversationRoutes } from './routes.ts'
