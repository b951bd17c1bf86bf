import { useEffect, type ReactElement } from 'react';
import styles from './sign-in.module.css';
import { signInAddress } from './sign-in-outcome.js';
import { useWhomToAsk } from './sign-in-ways.js';

/** For whoever the organisation vouches for, and nobody has given a role yet: whom to ask, and for what. */
export function NoRolePage(): ReactElement {
  const asked = useWhomToAsk();
  useEffect(() => {
    document.title = 'No role · Rollcall';
  }, []);
  const person = asked.data;
  return (
    <main className={styles['screen']}>
      <div className={styles['card']}>
        <h1>You have no role in Rollcall yet</h1>
        <p>
          {person === undefined
            ? 'Your organisation knows you, but Rollcall was not told what you may do.'
            : `You are signed in as ${person.displayName}${person.email === null ? '' : ` (${person.email})`}. Your organisation has not assigned you a role of this application.`}
        </p>
        {person !== undefined && person.superAdmins.length > 0 ? (
          <>
            <p>Ask one of these super admins for the role Super admin, IT admin or Viewer:</p>
            <ul>
              {person.superAdmins.map(({ displayName, email }) => (
                <li key={email}>
                  {displayName}, <a href={`mailto:${email}`}>{email}</a>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p>
            Ask whoever looks after Rollcall in your organisation. In the Entra admin center they open Enterprise applications,
            this application, Users and groups, and assign you a role.
          </p>
        )}
        <p>
          Roles are read at sign-in: when it is done, <a href={signInAddress({ pathname: '/', search: '' })}>sign in again</a>, or{' '}
          <a href="/">use another way</a>.
        </p>
      </div>
    </main>
  );
}
