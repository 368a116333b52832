# Built from the root of the repository: docker build -f deployment/docker/operator.Dockerfile .
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
LABEL org.opencontainers.image.title="daywatch/operator" \
      org.opencontainers.image.description="Keeps installations on Kubernetes as their resources say." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
COPY --from=build /out/operator /opt/daywatch/
ENV NODE_ENV=production \
    DAYWATCH_HTTP_HOST=0.0.0.0 \
    PATH=/opt/daywatch:$PATH
WORKDIR /opt/daywatch
USER node
EXPOSE 8893
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["operator", "health"]
ENTRYPOINT ["operator"]
