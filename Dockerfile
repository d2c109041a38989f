FROM python:3.12-slim AS packages

COPY requirements.lock .
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes -r requirements.lock


FROM python:3.12-slim

RUN useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin leader24 \
    && install --directory --owner leader24 --group leader24 --mode 0700 /data

COPY --from=packages /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LEADER24_DATA_DIR=/data \
    LEADER24_HOST=0.0.0.0

WORKDIR /app
COPY app.py alembic.ini* ./
COPY leader24 leader24
COPY migrations migrations
# The file system may be read-only: without this every start would compile everything again.
RUN python -m compileall -q .

USER leader24
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# http.client, because urllib would ask a proxy of the environment for 127.0.0.1.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", \
    "import os, http.client as h; c = h.HTTPConnection('127.0.0.1', int(os.environ.get('LEADER24_PORT') or 8080), timeout=4); c.request('GET', '/healthz'); exit(c.getresponse().status != 200)"]
CMD ["python", "app.py"]
