"""The Celery application. The broker is a doorbell: what must be done is in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

app = Celery("open_doors")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
