FROM daywatch-test/servers
COPY rabbitmq-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
RUN groupadd --gid 999 rabbitmq && useradd --uid 999 --gid 999 --home-dir /var/lib/rabbitmq rabbitmq \
 && rm -rf /etc/rabbitmq/* \
 && mkdir -p /etc/rabbitmq/conf.d /var/lib/rabbitmq /var/log/rabbitmq \
 && chown -R rabbitmq:rabbitmq /etc/rabbitmq /var/lib/rabbitmq /var/log/rabbitmq \
 && chmod 1777 /etc/rabbitmq/conf.d
ENV LANG=C.UTF-8 HOME=/var/lib/rabbitmq PATH=/usr/lib/rabbitmq/bin:$PATH \
    RABBITMQ_CONFIG_FILES=/etc/rabbitmq/conf.d RABBITMQ_LOGS=-
VOLUME /var/lib/rabbitmq
EXPOSE 5672 15692
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["rabbitmq-server"]
