# The shop as a container: docs/containers.md. compose.yaml runs it.

FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY better-sqlite3 ./better-sqlite3
COPY money/package.json ./money/
COPY sandbox/package.json ./sandbox/
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-trixie-slim
# pg_dump, pg_restore and psql, for backups of PostgreSQL. They must not be older than the server of compose.yaml.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends postgresql-client-17 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
# A user who owns the data and nothing else.
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin nickel \
  && install --directory --owner=nickel --group=nickel --mode=0700 data
USER nickel
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3030
EXPOSE 3030
VOLUME /app/data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=1s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/start.cjs"]
