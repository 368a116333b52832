# Built from the root of the repository: docker build -f deployment/docker/features.Dockerfile .
# The stages manifests and build are the same in all files of this folder: an engine makes them once. What npm installs is
# made anew only where a package.json or the lockfile has changed.
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

# The scenarios run from their sources, beside everything that they were checked with: this is no image to deploy.
FROM build
LABEL org.opencontainers.image.title="daywatch/features" \
      org.opencontainers.image.description="The business rules as scenarios, run against a system that is there." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
ENV FEATURES_DAYWATCH=/out/daywatch
WORKDIR /src/features
USER node
EXPOSE 9000
STOPSIGNAL SIGTERM
# The database is known by a file; the scenarios, and the commands that they start, read a variable.
ENTRYPOINT ["sh", "-c", "DAYWATCH_STORAGE_DSN=$(cat \"$DAYWATCH_STORAGE_DSN_FILE\") && unset DAYWATCH_STORAGE_DSN_FILE && export DAYWATCH_STORAGE_DSN && exec node run/main.ts"]
