# One image for any number of hubs. Nothing is written outside of DATA_DIR and /tmp, so the root file system may be read-only:
#   docker build -t countersign . && docker run --read-only --tmpfs /tmp -v countersign:/data -p 127.0.0.1:8787:8787 countersign
# No image can be built where .ci/run runs: .ci/dockerfile-steps does what stands here in a clean directory.
FROM node:26-bookworm-slim

WORKDIR /app

# Packages change less often than the program. The project brings its exact Node with them; the image's own only installs it.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

COPY LICENSE knexfile.ts tsconfig.json ./
COPY scripts scripts
COPY server server
COPY editor editor
# Built here, for the running image may write nothing.
RUN npm run build:editor

# The image's user "node", by number, so that an orchestrator can see that it is not root.
RUN mkdir -p /data && chown 1000:1000 /data
USER 1000:1000

ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data PATH=/app/node_modules/.bin:$PATH
VOLUME /data
EXPOSE 8787

# Whether the process lives. Not /readyz: a hub that waits for its database is not mended by being killed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Node itself is the first process: it gets SIGTERM, hands back what is in flight, and ends. No npm, no shell in between.
CMD ["node", "server/countersign.js", "start"]
