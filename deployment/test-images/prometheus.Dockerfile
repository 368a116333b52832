FROM daywatch-test/servers
RUN mkdir /prometheus && chown nobody:nogroup /prometheus
VOLUME /prometheus
USER nobody
WORKDIR /prometheus
EXPOSE 9090
ENTRYPOINT ["/usr/bin/prometheus"]
