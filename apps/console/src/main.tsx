import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/global.css';
import { createQueryClient } from './app/query-client.js';
import { router } from './app/router.js';
import { SessionGate } from './app/session.js';
import { ThemeProvider } from './app/theme.js';
import { LiveProvider } from './live/live-provider.js';
import { Toasts } from './parts/toasts.js';
import { TourProvider } from './tour/tour-state.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <ThemeProvider>
        <SessionGate>
          <LiveProvider>
            <Toasts>
              <TourProvider>
                <RouterProvider router={router} />
              </TourProvider>
            </Toasts>
          </LiveProvider>
        </SessionGate>
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
);
