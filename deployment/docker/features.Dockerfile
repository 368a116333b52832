# Built from the root of the repository: docker build -f deployment/docker/features.Dockerfile .
# Runs the scenarios of features/ against the system that its environment names: features/README.md lists the variables.
# The stages manifests and build are the same in all files of this folder: an engine makes them once.
FROM node:24-bookworm-slim AS manifests
WORKDIR /src
COPY . .
RUN mkdir /manifests && cp --parents package.json package-lock.json .npmrc */package.json */*/package.json /manifests

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY --from=manifests /manifests ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY . .
RUN node tools/build.ts /out

FROM node:24-bookworm-slim AS dependencies
WORKDIR /src
COPY --from=manifests /manifests ./
RUN npm ci --workspace=features --omit=dev --omit=optional --no-audit --no-fund --loglevel=error

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="daywatch/features" \
      org.opencontainers.image.description="The business rules as scenarios, run against the system that the environment names." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
WORKDIR /opt/features
COPY --from=dependencies /src/node_modules node_modules
# The command that makes the users' tokens.
COPY --from=build /out/daywatch /opt/daywatch/
COPY --from=build /out/share /opt/daywatch/share
COPY package.json ./
COPY packages/protocol packages/protocol
COPY features features
ENV PATH=/opt/daywatch:$PATH
USER node
# Webhooks come in here, and the monitor watches what is played behind it.
EXPOSE 9000
ENTRYPOINT ["node", "features/run/main.ts"]
