# syntax=docker/dockerfile:1
# One image for every app; APP says which one a container runs: subscription, provisioning, full-sync, notification, admin-api,
# graph-simulator or standalone.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY scripts scripts
COPY libs libs
COPY apps apps
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HTTP_HOST=0.0.0.0 APP=standalone
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules node_modules
COPY --from=build --chown=node:node /app/dist dist
# The standalone makes its data folder here.
RUN chown node:node /app
USER node
EXPOSE 3000
CMD ["sh", "-c", "exec node dist/apps/${APP}/src/main.js"]
