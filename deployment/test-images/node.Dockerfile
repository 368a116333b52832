FROM daywatch-test/debian
COPY . /usr/local
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid 1000 --create-home --shell /bin/bash node
CMD ["node"]
