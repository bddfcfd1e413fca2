/** The version of this client, sent with every request; a test compares it with package.json. */
export const version = '0.1.0';
