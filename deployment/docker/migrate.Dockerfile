# Built from the root of the repository: docker build -f deployment/docker/migrate.Dockerfile .
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

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="daywatch/migrate" \
      org.opencontainers.image.description="Brings the database up to date, and ends." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
COPY --from=build /out/daywatch /opt/daywatch/
COPY --from=build /out/share/migrations /opt/daywatch/share/migrations
ENV NODE_ENV=production \
    PATH=/opt/daywatch:$PATH
WORKDIR /opt/daywatch
USER node
STOPSIGNAL SIGTERM
ENTRYPOINT ["daywatch", "migrate"]
