FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements/runtime.txt requirements/
RUN pip install --require-hashes -r requirements/runtime.txt
COPY . .
# Only what has no secret: the manifest of static files. The key is thrown away with this layer.
RUN DJANGO_SETTINGS_MODULE=config.settings.production \
    OPEN_DOORS_SECRET_KEY=build-only OPEN_DOORS_HOSTS=localhost \
    python manage.py collectstatic --noinput \
    && useradd --uid 1000 --create-home open-doors \
    && install --directory --owner open-doors --mode 700 /home/open-doors/files
USER open-doors
ENV DJANGO_SETTINGS_MODULE=config.settings.production
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--no-control-socket"]
