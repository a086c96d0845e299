# Three stages: style sheets, Python packages, and what runs. Secrets come from the environment at start, none is in a layer.

FROM node:22-bookworm-slim AS pages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY static static
RUN npm run build

FROM python:3.13-slim-bookworm AS packages
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN pip install --no-cache-dir 'uv>=0.8'
COPY requirements.lock /build/
RUN uv venv /opt/venv && VIRTUAL_ENV=/opt/venv uv pip sync --no-cache --require-hashes /build/requirements.lock

FROM python:3.13-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      fonts-dejavu-core libfontconfig1 libharfbuzz-subset0 libharfbuzz0b libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /home/send send \
 && install --directory --owner=send --group=send --mode=0700 /srv/media
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    MEDIA_ROOT=/srv/media \
    XDG_CACHE_HOME=/tmp/cache
WORKDIR /srv/app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=pages /build/static/build static/build
# Collecting static files reads the production settings, which refuse to load half set; these values last for one command.
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(60))") ALLOWED_HOSTS=build.invalid \
    DATABASE_URL=postgres://build@127.0.0.1/none REDIS_URL=redis://127.0.0.1/0 \
    EMAIL_HOST=build.invalid DEFAULT_FROM_EMAIL=build@build.invalid \
    python manage.py collectstatic --noinput --verbosity=0 \
 && python -m compileall -q .
USER send
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000"]
