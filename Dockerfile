# Built once, with all the tools; what runs has none of them.
FROM python:3.13.11-slim-trixie AS build
WORKDIR /src
COPY . .
# The same steps and the same locked hashes as `make run`; Node.js comes from the lock too.
RUN python tools/bootstrap.py web
RUN .venv/bin/pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .
RUN python -m venv /opt/balcao \
    && /opt/balcao/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && /opt/balcao/bin/pip install --no-cache-dir --no-deps /wheels/balcao-*.whl

FROM python:3.13.11-slim-trixie
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin balcao \
    && install -d -o balcao -g balcao -m 0700 /data
COPY --from=build /opt/balcao /opt/balcao
ENV PATH=/opt/balcao/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BALCAO_HOST=0.0.0.0 \
    BALCAO_DATA_DIR=/data
USER balcao
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/readyz', timeout=2)"]
ENTRYPOINT ["balcao"]
CMD ["serve"]
