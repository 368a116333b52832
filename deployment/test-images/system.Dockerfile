# What installing packages does beside unpacking them, as far as it is needed here.
ARG FILES
FROM $FILES
RUN ldconfig \
 && cp /usr/share/base-passwd/passwd.master /etc/passwd && cp /usr/share/base-passwd/group.master /etc/group \
 && ln -s mawk /usr/bin/awk \
 && mkdir -p /proc /sys /dev /root && chmod 1777 /tmp /var/tmp
