export { InvitationPage } from './InvitationPage.tsx';
export { SetupPage } from './SetupPage.tsx';
export { SignInPage } from './SignInPage.tsx';
