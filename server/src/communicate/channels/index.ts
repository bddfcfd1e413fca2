export { createDispatcher, type Dispatcher } from './dispatcher.ts';
export { isPrivateAddress, lookupPublic } from './http/publicAddress.ts';
export { createReferences, type MessageReferences } from './messageReference.ts';
export { eraseStoredMessages, exportStoredMessages } from './personalData.ts';
export type { OutgoingMessage, SendOutcome } from './provider.ts';
export { createHookLinks, type HookLinks } from './setup/hookLinks.ts';
export { registerChannelRoutes } from './setup/routes.ts';
export { registerSandboxRoutes } from './setup/sandboxRoutes.ts';
