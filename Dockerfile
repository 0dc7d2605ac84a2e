FROM python:3.12-slim-bookworm AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

FROM base AS packages
# "local" adds PostgreSQL's own programs, which write backups and bring them back.
ARG REQUIREMENTS=run
COPY requirements/${REQUIREMENTS}.txt /tmp/requirements.txt
RUN python -m venv /opt/portal \
    && /opt/portal/bin/pip install --no-cache-dir --only-binary :all: \
        --require-hashes --requirement /tmp/requirements.txt

FROM base
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=scr_portal.settings \
    STATIC_ROOT=/srv/static \
    DOCUMENTS_ROOT=/srv/documents
COPY --from=packages /opt/portal /opt/portal
WORKDIR /srv/portal
COPY . .
# Collecting files touches no server and signs nothing, but the settings ask for all of these.
RUN SECRET_KEY=only-while-building FIELD_ENCRYPTION_KEYS=only-while-building \
    DATABASE_URL=postgres://nowhere/none REDIS_URL=redis://nowhere \
    python manage.py collectstatic --no-input
# A volume that is mounted here for the first time takes its owner and mode along.
RUN mkdir -m 700 /srv/documents /srv/backups && chown 10001:10001 /srv/documents /srv/backups
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--preload", "--no-control-socket", \
     "--worker-class", "gthread", "--threads", "8", "--worker-tmp-dir", "/dev/shm", \
     "--access-logfile", "-", \
     "--logger-class", "scr_portal.web_log.AccessLog", "scr_portal.wsgi"]
