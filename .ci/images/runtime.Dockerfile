# What Java and ONNX Runtime need of Debian and nothing else: no shell, no package manager.
ARG JDK_IMAGE
FROM ${JDK_IMAGE} AS debian
RUN mkdir /rootfs \
 && dpkg -L base-files libc6 libgcc-s1 libstdc++6 zlib1g libjpeg62-turbo liblcms2-2 netbase tzdata ca-certificates 2>/dev/null \
    | grep -v -E '^/usr/share/(doc|man|locale|lintian)/.' | sort -u | tar -C / --no-recursion -cf - -T - | tar -C /rootfs -xf - \
 && mkdir -p /rootfs/usr/lib/locale \
 && cp -a /usr/lib/locale/C.utf8 /rootfs/usr/lib/locale/ \
 && cp -a /etc/ssl/certs/ca-certificates.crt /rootfs/etc/ssl/certs/ \
 && printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n' >/rootfs/etc/passwd \
 && ldconfig -r /rootfs \
 && test ! -e /rootfs/bin/sh

FROM scratch
COPY --from=debian /rootfs /
