# What `make build` has put into bin/, for the tests beside this file.
FROM node:24-slim
COPY bin /opt/daywatch/bin
ENV PATH=/opt/daywatch/bin:/usr/local/bin:/usr/bin:/bin
EXPOSE 8888
